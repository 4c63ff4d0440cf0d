package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.frame.Bookmarks;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.kind.Transcript;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Kubernetes Java Client throws on fields that it does not know and on required ones that are
 * missing: it reads every kind as we send it.
 */
class StrictClientTest {
    private static Stream<Kind> kinds() {
        return BuiltinKinds.DEFINITIONS.stream().map(ResourceDefinition::kind);
    }

    private static void read(Kind kind, String suffix, String json) throws Exception {
        String group =
                kind.equals(Kinds.EVENT)
                        ? "CoreV1"
                        : kind.equals(Kinds.RESOURCE_CLAIM) && suffix.isEmpty()
                                ? "ResourceV1"
                                : kind.version().replaceFirst("v", "V");
        Class<?> model =
                Class.forName(
                        "io.kubernetes.client.openapi.models." + group + kind.kindName() + suffix);
        assertThatCode(() -> model.getMethod("fromJson", String.class).invoke(null, json))
                .as(json)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsObjectsListsAndBookmarks(Kind kind) throws Exception {
        ObjectNode body = Transcript.of(kind).base();
        String given = body.at("/metadata/namespace").asString("");
        String namespace = given.isEmpty() ? "default" : given;
        TestApi api = TestApi.withNamespace(namespace);
        String within = "/namespaces/" + namespace + "/";
        api.post("/api/v1" + within + "serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        String root = (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion();
        String path = root + (kind.isNamespaced() ? within : "/") + kind.plural();
        Answer made = api.post(path, body.toString());

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        read(kind, "", made.body().toString());
        read(kind, "List", api.get(path).body().toString());
        var type = Schema.builtin().of(GroupVersionKind.of(kind));
        for (boolean endsInitial : List.of(true, false)) {
            read(
                    kind,
                    "",
                    Bookmarks.of(kind, type, Map.of(), new Revision(5), endsInitial).toString());
        }
    }
}
