package dev.gantry.model.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gantry.model.selector.FieldSelector.Term;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSelectorTest {
    private static final Map<String, String> FIELDS = Map.of("x", "a", "y", "b");

    @ParameterizedTest
    @CsvSource({
        "x=a, true",
        "x==a, true",
        "x!=a, false",
        "'x=a,y=b', true",
        "'x=a,y!=b', false",
        "z=, true",
        "z=c, false",
        "z!=c, true",
        "',x=a,,', true"
    })
    void selects(String text, boolean expected) {
        FieldSelector selector = FieldSelector.parse(text);
        assertThat(selector.selects(name -> FIELDS.getOrDefault(name, ""))).isEqualTo(expected);
    }

    @Test
    void nothingSelectsEverything() {
        assertThat(FieldSelector.parse("").isEverything()).isTrue();
        assertThat(FieldSelector.parse(",").isEverything()).isTrue();
    }

    @Test
    void aValueMayHoldAnythingBehindABackslash() {
        assertThat(FieldSelector.parse("x=a\\,b\\=\\\\,y!=||").terms())
                .containsExactly(new Term("x", "a,b=\\", true), new Term("y", "||", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", " ", "x=a||y=b", "x==a==b", "x=a\\b", "x=a\\"})
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FieldSelector.parse(text));
    }

    @Test
    void refusesMoreTermsThanAnyoneWouldWrite() {
        assertThat(FieldSelector.parse("x=a" + ",x=a".repeat(999)).terms()).hasSize(1000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldSelector.parse("x=a" + ",x=a".repeat(1000)));
    }
}
