package dev.gantry.state.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.state.registry.option.ListOptions;
import dev.gantry.state.registry.option.Query;
import dev.gantry.state.registry.option.WriteOptions;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void queryIsDecodedAsForms() {
        Query query = Query.parse("a=1%2B1+%C3%A4&a=2&flag&off=false");

        assertThat(query.all("a")).containsExactly("1+1 ä", "2");
        assertThat(query.isSet("flag")).isTrue();
        assertThat(query.isSet("off")).isFalse();
        assertThat(query.isSet("absent")).isFalse();
        assertThatThrownBy(() -> Query.parse("a=%zz")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void managerIsTheFirstWordOfTheUserAgentUnlessGiven() {
        assertThat(options("", "kubectl/v1.32 (linux)").manager()).isEqualTo("kubectl");
        assertThat(options("fieldManager=me", "kubectl/v1.32").manager()).isEqualTo("me");
    }

    @Test
    void unknownDryRunIsInvalid() {
        assertThat(WriteOptions.parse(Query.parse("dryRun=Some"), "", "CreateOptions"))
                .isInstanceOf(WriteOptions.Parsed.Refused.class);
    }

    @Test
    void limitMustBeANumber() {
        assertThatThrownBy(() -> ListOptions.parse(Query.parse("limit=ten")))
                .hasMessage("strconv.ParseInt: parsing \"ten\": invalid syntax");
    }

    private static WriteOptions options(String query, String userAgent) {
        WriteOptions.Parsed parsed =
                WriteOptions.parse(Query.parse(query), userAgent, "CreateOptions");
        return ((WriteOptions.Parsed.Options) parsed).options();
    }
}
