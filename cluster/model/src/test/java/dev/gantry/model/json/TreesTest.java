package dev.gantry.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TreesTest {
    private static final String ALL_KINDS_OF_VALUES =
            """
            {"b":{"z":1,"a":[],"m":{}},"a":[1,-2.50,1e400,12345678901234567890,true,false,null,"",\
            "ü \\" \\\\ \\n \\u0000 \\uD83D\\uDE00",[{"x":[[]]}]],"":"empty name"}""";

    @Test
    void treesEqualThoseOfThePlainMapperAndAreWrittenAlike() {
        byte[] json = ALL_KINDS_OF_VALUES.getBytes(UTF_8);
        JsonNode expected = JsonMapper.shared().readTree(json);
        assertThat((JsonNode) Trees.read(json)).isEqualTo(expected);
        assertThat(Trees.read(json).toString()).isEqualTo(expected.toString());
        assertThat(written(Trees.read(json)))
                .isEqualTo(new String(JsonMapper.shared().writeValueAsBytes(expected), UTF_8));
    }

    @Test
    void copiesAndNewMembersAreIndependent() {
        var tree = Trees.read("{\"a\":{\"b\":1}}".getBytes(UTF_8));
        var copy = tree.deepCopy();
        copy.putObject("c").put("d", 2);
        ((tools.jackson.databind.node.ObjectNode) copy.get("a")).remove("b");
        assertThat(tree).hasToString("{\"a\":{\"b\":1}}");
        assertThat(copy).hasToString("{\"a\":{},\"c\":{\"d\":2}}");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        for (String text : new String[] {"[]", "1", "{\"a\":", ""}) {
            assertThatThrownBy(() -> Trees.read(text.getBytes(UTF_8)))
                    .as(text)
                    .isInstanceOf(JacksonException.class);
        }
    }

    @Test
    void namedMembersAreReadAndNoOthers() {
        String json = "{\"a\":{\"x\":[1]},\"b\":[{\"a\":2}],\"c\":\"d\",\"e\":5}";
        Set<String> names = new TreeSet<>(Set.of("a", "c", "missing"));
        assertThat(Trees.readMembers(json.getBytes(UTF_8), names))
                .hasToString("{\"a\":{\"x\":[1]},\"c\":\"d\"}");
    }

    /** What is behind the last of them is not looked at, be it large, or cut off. */
    @Test
    void readingNamedMembersEndsWithTheLastOfThem() {
        byte[] json = "{\"b\":1,\"a\":2,\"c\":{".getBytes(UTF_8);
        assertThat(Trees.readMembers(json, new TreeSet<>(Set.of("a", "b"))))
                .hasToString("{\"b\":1,\"a\":2}");
    }

    @Test
    void namedMembersOfWhatIsNoObjectAreRefused() {
        for (String text : new String[] {"[]", "1", "{\"b\":", "{\"a\":{", ""}) {
            assertThatThrownBy(() -> Trees.readMembers(text.getBytes(UTF_8), Set.of("a")))
                    .as(text)
                    .isInstanceOf(JacksonException.class);
        }
    }

    private static String written(JsonNode tree) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JsonMapper.shared().createGenerator(out)) {
            Trees.write(generator, tree);
        }
        return out.toString(UTF_8);
    }
}
