package dev.gantry.state.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

class GoTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":[1,2.5,true,null,\"x\\\"\\\\\\n\\u0001\u00e4\"],\"b\\n\":{\"c\":[[],{}]}}",
                "12",
                "-1.5E300",
                "true",
                "null"
            })
    void whatIsNoTextIsShownAsJson(String json) {
        JsonNode value = JsonMapper.shared().readTree(json);
        assertThat(GoText.of(value)).isEqualTo(value.toString());
    }

    @Test
    void textIsQuotedAndAbsentTextIsEmpty() {
        assertThat(GoText.of(StringNode.valueOf("a\"b\n"))).isEqualTo("\"a\\\"b\\n\"");
        assertThat(GoText.of(MissingNode.getInstance())).isEqualTo("\"\"");
    }

    @Test
    void ofALargeValueTheBeginningIsShown() {
        String text = "x".repeat(8 * 1024);
        assertThat(GoText.quote(text)).isEqualTo('"' + text + '"');
        assertThat(GoText.quote(text + "y")).isEqualTo('"' + text + "...\"");

        JsonNode list = JsonMapper.shared().readTree("[" + "1,".repeat(10_000) + "1]");
        assertThat(GoText.of(list)).hasSize(8 * 1024 + 3).startsWith("[1,1,1").endsWith("...");
    }
}
