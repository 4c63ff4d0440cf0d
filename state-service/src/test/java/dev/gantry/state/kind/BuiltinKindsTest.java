package dev.gantry.state.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.frame.Bookmarks;
import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.RandomObjects;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What each definition must bring. Its rows of tables and its examples are asked for in {@code
 * TablesTest} and {@code KindTranscriptTest}.
 */
class BuiltinKindsTest {
    static List<ResourceDefinition> definitions() {
        return BuiltinKinds.DEFINITIONS;
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void objectsAndListsHaveATypeAndAMessage(ResourceDefinition definition) {
        var protobuf = new ProtobufCodec(Schema.builtin());
        for (ServedVersion version : definition.versions()) {
            GroupVersionKind kind = GroupVersionKind.of(version.kind());
            for (GroupVersionKind each : List.of(kind, kind.list())) {
                assertThat(Schema.builtin().of(each)).as("type of %s", each).isPresent();
                assertThat(protobuf.knows(each)).as("message of %s", each).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void bookmarksHaveAllThatIsRequired(ResourceDefinition definition) {
        Kind kind = definition.kind();
        StructType type = Schema.builtin().of(GroupVersionKind.of(kind)).orElseThrow();
        JsonNode bookmark =
                Bookmarks.of(
                        kind,
                        Schema.builtin().of(GroupVersionKind.of(kind)),
                        Map.of(),
                        new Revision(5),
                        false);
        List<String> missing = new ArrayList<>();
        findMissing(type, bookmark, "", missing);
        assertThat(missing).isEmpty();
    }

    private static void findMissing(
            StructType type, JsonNode object, String path, List<String> missing) {
        for (Field field : type.fields()) {
            JsonNode value = object.path(field.name());
            if (field.isRequired() && value.isMissingNode()) {
                missing.add(path + "/" + field.name());
            }
            if (field.shape() instanceof StructType inner && value.isObject()) {
                findMissing(inner, value, path + "/" + field.name(), missing);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void aStatusIsServedWhereTheStrategyKeepsOne(ResourceDefinition definition) {
        assertThat(definition.subresource("status").isPresent())
                .isEqualTo(definition.strategy().hasStatus());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void verbsAndSubresourcesAreSortedForDiscovery(ResourceDefinition definition) {
        assertThat(definition.verbs()).isSorted().doesNotHaveDuplicates();
        assertThat(definition.subresources().stream().map(Subresource::name))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void nothingIsLostBetweenVersions(ResourceDefinition definition) {
        assertThat(definition.versions().getFirst().isStored()).isTrue();
        for (ServedVersion version : definition.versions()) {
            GroupVersionKind kind = GroupVersionKind.of(version.kind());
            StructType type = Schema.builtin().of(kind).orElseThrow();
            RandomObjects.seeds(20)
                    .forEach(
                            seed -> {
                                ObjectNode object = new RandomObjects(seed).of(kind, type);
                                version.schema().complete(object);
                                ObjectNode there = version.conversion().toStored(object.deepCopy());
                                ObjectNode back = version.conversion().fromStored(there);
                                version.schema().complete(back);
                                assertThat(withoutKeptForms(back, object))
                                        .as("%s, seed %d", kind, seed)
                                        .isEqualTo(object);
                            });
        }
    }

    /**
     * Compat: an autoscaler says once more in an annotation what version 1 has a field for, and
     * counts that are not there are zero.
     */
    private static ObjectNode withoutKeptForms(ObjectNode object, ObjectNode before) {
        for (String count : List.of("currentReplicas", "desiredReplicas")) {
            if (object.path("status") instanceof ObjectNode status
                    && !before.path("status").has(count)) {
                status.remove(count);
            }
        }
        if (object.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove("autoscaling.alpha.kubernetes.io/current-metrics");
            if (annotations.isEmpty()) {
                ((ObjectNode) object.path("metadata")).remove("annotations");
            }
        }
        return object;
    }

    @Test
    void noNameStandsForTwoResources() {
        List<String> names = new ArrayList<>();
        for (ResourceDefinition each : BuiltinKinds.DEFINITIONS) {
            names.add(each.resource().toString());
            names.addAll(each.aliases().shortNames());
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void whatClientsKnowIsServedUnderThatName() {
        for (Kind each : Kinds.ALL) {
            assertThat(
                            BuiltinKinds.CATALOG
                                    .definition(each.resource())
                                    .map(ResourceDefinition::kind))
                    .contains(each);
        }
    }
}
