package dev.gantry.model.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    @Test
    void isDecodedAsForms() {
        Query query = Query.parse("a=1%2B1+%C3%A4&a=2&flag&command=sh&%63ommand=-c");

        assertThat(query.all("a")).containsExactly("1+1 ä", "2");
        assertThat(query.all("command")).containsExactly("sh", "-c");
        assertThat(query.first("flag")).isEmpty();
        assertThat(query.first("absent")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "watch=true, true",
        "watch=1, true",
        "watch, true",
        "w%61tch=yes, true",
        "watch=false, false",
        "watch=False, false",
        "watch=FALSE&watch=true, false",
        "watch=0, false",
        "watchful=1, false",
        "Watch=1, false"
    })
    void readsTruthAsApimachineryDoes(String raw, boolean isTrue) {
        assertThat(Query.parse(raw).isSet("watch")).isEqualTo(isTrue);
    }

    @Test
    void leavesOutWhatGoCannotRead() {
        Query query = Query.parse("a=%zz&watch=true;b=1&limit=5&%=x");

        assertThat(query.encoded()).isEqualTo("limit=5");
        assertThat(query.isSet("watch")).isFalse();
    }

    @Test
    void writesAnewWhatItRead() {
        String asked = "labelSelector=a+in+(b,c)&x=%26y%3D%23&x=|&e";

        Query again = Query.parse(Query.parse(asked).encoded());

        assertThat(again.first("labelSelector")).isEqualTo("a in (b,c)");
        assertThat(again.all("x")).containsExactly("&y=#", "|");
        assertThat(again.has("e")).isTrue();
    }

    @Test
    void decodesWhatItEncoded() {
        String text = "a b/ö%=&+~;..";
        assertThat(UrlEscapes.decodePath(UrlEscapes.encode(text))).isEqualTo(text);
        assertThat(UrlEscapes.encodePath("/a;b/c d")).isEqualTo("/a%3Bb/c%20d");
        assertThatThrownBy(() -> UrlEscapes.decodePath("/a%2")).hasMessage("invalid URL escape");
    }
}
