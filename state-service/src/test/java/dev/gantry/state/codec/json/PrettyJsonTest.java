package dev.gantry.state.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrettyJsonTest {
    private static String pretty(String json) {
        return new String(
                PrettyJson.of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void indentsByTwoSpacesAndLeavesWhatIsEmptyTogether() {
        assertThat(pretty("{\"a\":{},\"b\":[],\"c\":[1,{\"d\":true}],\"e\":null}"))
                .isEqualTo(
                        """
                        {
                          "a": {},
                          "b": [],
                          "c": [
                            1,
                            {
                              "d": true
                            }
                          ],
                          "e": null
                        }
                        """);
    }

    @Test
    void leavesTextsAsTheyAre() {
        String text = "\"{[,:]} \\\" \\\\\\\\ \\u003c ü\\\\\"";

        assertThat(pretty("{" + text + ":" + text + "}"))
                .isEqualTo("{\n  " + text + ": " + text + "\n}\n");
    }

    @Test
    void otherSpaceMakesNoDifference() {
        assertThat(pretty(" { \"a\" :\n[ ] ,\t\"b\" : { \"c\" : 1.50 } } \n"))
                .isEqualTo(pretty("{\"a\":[],\"b\":{\"c\":1.50}}"));
    }

    @Test
    void deepNestingIsIndentedNoFurtherThanAnyoneCanRead() {
        String deep = pretty("[".repeat(500) + "]".repeat(500));

        assertThat(deep.lines().mapToInt(line -> line.length() - line.strip().length()).max())
                .hasValue(128);
    }
}
