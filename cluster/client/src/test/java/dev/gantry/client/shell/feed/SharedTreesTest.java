package dev.gantry.client.shell.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

final class SharedTreesTest {
    private static final String POD =
            """
            {"kind":"Pod","metadata":{"name":"a","managedFields":[{"manager":"m",\
            "fieldsV1":{"f:metadata":{}}}],"labels":{"app":"x"}},"spec":{"containers":[{"name":"c"}],\
            "priority":7},"status":null,"odd":[1,2.5,true]}""";

    private final SharedTrees trees = new SharedTrees();

    @Test
    void leavesOutWhoWroteWhatAndNothingElse() {
        Resource object = trees.of(POD.getBytes(UTF_8));

        assertThat(object.tree())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(POD.replaceFirst("\"managedFields\":.*?}}],", "")));
    }

    @Test
    void equalBodiesAreOneTree() {
        Resource first = trees.of(POD.getBytes(UTF_8));

        assertThat(trees.of(POD.getBytes(UTF_8))).isSameAs(first);
        assertThat(trees.of(POD.replace("\"a\"", "\"b\"").getBytes(UTF_8)).name()).isEqualTo("b");
    }

    @Test
    void keepsAFieldOfThatNameElsewhere() {
        Resource object =
                trees.of("{\"metadata\":7,\"spec\":{\"managedFields\":[1]}}".getBytes(UTF_8));

        assertThat(object.tree().toString())
                .isEqualTo("{\"metadata\":7,\"spec\":{\"managedFields\":[1]}}");
    }

    @Test
    void saysNoToWhatIsNoObject() {
        assertThatThrownBy(() -> trees.of("[]".getBytes(UTF_8)))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void saysNoToWhatIsCutOff() {
        assertThatThrownBy(() -> trees.of("{\"metadata\":{\"name\":".getBytes(UTF_8)))
                .isInstanceOf(JacksonException.class);
    }
}
