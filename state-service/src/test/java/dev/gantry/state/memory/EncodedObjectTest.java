package dev.gantry.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.json.Trees;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class EncodedObjectTest {
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"managedFields\":[{\"manager\":\"m\"}]}",
                "{\"managedFields\":[{\"manager\":\"m\"}],\"name\":\"a\",\"generation\":1}",
                "{\"name\":\"a\",\"managedFields\":[]}",
                "{\"name\":\"a\",\"annotations\":{\"managedFields\":\"\\\"managedFields\\\":[\"},"
                        + "\"managedFields\":[{}],\"uid\":\"managedFields\"}",
                "{\"name\":\"a\",\"annotations\":{\"managedFields\":\"x\"}}"
            })
    void leavesOutWhoWroteWhat(String metadata) {
        Resource object = object(metadata);
        EncodedObject encoded = encode(object);

        object.mutableMetadata().put("resourceVersion", "12345");
        assertThat(encoded.decode().tree()).isEqualTo(object.tree());
        object.mutableMetadata().remove("managedFields");
        assertThat(Trees.read(encoded.jsonWithoutManagedFields())).isEqualTo(object.tree());
    }

    @Test
    void isItselfWhereNobodyIsNoted() {
        EncodedObject encoded = encode(object("{\"name\":\"a\"}"));

        assertThat(encoded.jsonWithoutManagedFields()).isSameAs(encoded.json());
    }

    private static Resource object(String metadata) {
        ObjectNode tree =
                (ObjectNode)
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"apiVersion":"v1","kind":"ConfigMap","metadata":%s,
                                         "spec":{"metadata":{"managedFields":[{"manager":"no"}]}}}
                                        """
                                                .formatted(metadata));
        return new Resource(tree);
    }

    private static EncodedObject encode(Resource object) {
        return ENCODER.encode(object.key(Resources.CONFIG_MAPS), object).at(new Revision(12345));
    }
}
