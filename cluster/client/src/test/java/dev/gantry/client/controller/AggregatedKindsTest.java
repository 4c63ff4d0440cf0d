package dev.gantry.client.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AggregatedKindsTest {
    @Test
    void asksTheServersBehindServicesThePreferredVersionFirst() {
        List<Resource> services =
                AggregatedKinds.services(
                        List.of(
                                service("apps", "v1", 9, ""),
                                service("metrics.k8s.io", "v1beta1", 9, ",\"service\":{}"),
                                service("a.example.com", "v1", 5, ",\"service\":{}"),
                                service("a.example.com", "v2", 10, ",\"service\":{}")));
        assertThat(services).extracting(AggregatedKinds::version).containsExactly("v2", "v1");
    }

    /** What cannot be watched is not known to be gone; subresources are no objects. */
    @Test
    void collectsWhatCanBeFollowedAndDeleted() {
        var resources =
                JsonMapper.shared()
                        .readTree(
                                """
                                [{"name":"stools","kind":"Stool","namespaced":true,"verbs":["list","watch","delete"]},
                                 {"name":"stools/status","kind":"Stool","namespaced":true,"verbs":["list","watch","delete"]},
                                 {"name":"rooms","kind":"Room","namespaced":false,"verbs":["delete","get","list","watch"]},
                                 {"name":"readings","kind":"Reading","namespaced":true,"verbs":["get","list"]}]""");
        Resource service = service("a.example.com", "v1", 5, ",\"service\":{}");
        assertThat(AggregatedKinds.collectable(service, resources))
                .containsExactly(
                        Kind.namespaced("a.example.com", "v1", "Stool", "stools"),
                        Kind.ofCluster("a.example.com", "v1", "Room", "rooms"));
    }

    private static Resource service(String group, String version, int priority, String more) {
        String json =
                """
                {"metadata":{"name":"%2$s.%1$s"},"spec":{"group":"%1$s","version":"%2$s","versionPriority":%3$d%4$s}}"""
                        .formatted(group, version, priority, more);
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }
}
