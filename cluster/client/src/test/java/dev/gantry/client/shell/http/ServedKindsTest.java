package dev.gantry.client.shell.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ServedKindsTest {
    private static final Map<String, String> DOCUMENTS =
            Map.of(
                    "/api/v1",
                    """
                    {"resources":[
                    {"name":"nodes","kind":"Node","namespaced":false,"verbs":["get","list"]},
                    {"name":"nodes/status","kind":"Node","namespaced":false,"verbs":["get"]},
                    {"name":"bindings","kind":"Binding","namespaced":true,"verbs":["create"]}]}""",
                    "/apis",
                    """
                    {"groups":[{"name":"away.com","versions":[{"version":"v1"}],
                    "preferredVersion":{"version":"v1"}},{"name":"example.com","versions":[{"version":"v1"},{"version":"v2"}],
                    "preferredVersion":{"version":"v2"}}]}""",
                    "/apis/example.com/v1",
                    """
                    {"resources":[
                    {"name":"chairs","kind":"Chair","namespaced":true,"verbs":["list"]},
                    {"name":"stools","kind":"Stool","namespaced":true,"verbs":["list"]}]}""",
                    "/apis/example.com/v2",
                    """
                    {"resources":[
                    {"name":"chairs","kind":"Chair","namespaced":true,"verbs":["list","watch"]}]}""");

    @Test
    void findsWhatCanBeListed() {
        assertThat(new ServedKinds(ServedKindsTest::document).listable(""))
                .containsExactly(Kinds.NODE);
    }

    /** Other groups are not asked: their servers may be away. */
    @Test
    void eachResourceOfAGroupIsFoundInTheBestVersionThatHasIt() {
        assertThat(new ServedKinds(ServedKindsTest::document).listable("example.com"))
                .containsExactly(
                        Kind.namespaced("example.com", "v2", "Chair", "chairs"),
                        Kind.namespaced("example.com", "v1", "Stool", "stools"));
        assertThat(new ServedKinds(ServedKindsTest::document).listable("other.com")).isEmpty();
    }

    @Test
    void aDiscoveredKindHasItsPath() {
        Kind chair = Kind.namespaced("example.com", "v2", "Chair", "chairs");
        assertThat(ClusterApi.path(chair, "shop"))
                .isEqualTo("/apis/example.com/v2/namespaces/shop/chairs");
    }

    private static Resource document(String path) {
        String text = Objects.requireNonNull(DOCUMENTS.get(path), path);
        return new Resource((ObjectNode) JsonMapper.shared().readTree(text));
    }
}
