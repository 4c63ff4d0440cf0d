package dev.gantry.state.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.SpecFolder;
import dev.gantry.state.codec.Transformation;
import dev.gantry.state.discovery.Discovery.Document;
import dev.gantry.state.kind.BuiltinKinds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DiscoveryTest {
    private final Discovery discovery =
            new Discovery(BuiltinKinds.CATALOG.served(), "10.0.0.1:6443");

    @Test
    void describesServedResourcesAsUpstreamDoes() {
        JsonNode upstream = SpecFolder.json("discovery-v2-1.36.json");
        List<String> wrong = new ArrayList<>();
        for (JsonNode group : page("/apis", Transformation.DISCOVERY_V2).path("items")) {
            for (JsonNode version : group.path("versions")) {
                for (JsonNode resource : version.path("resources")) {
                    JsonNode expected =
                            find(
                                    find(
                                                    find(
                                                                    upstream.path("items"),
                                                                    "/metadata/name",
                                                                    group.at("/metadata/name"))
                                                            .path("versions"),
                                                    "/version",
                                                    version.path("version"))
                                            .path("resources"),
                                    "/resource",
                                    resource.path("resource"));
                    if (!resource.equals(expected)) {
                        wrong.add(resource + " should be " + expected);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void listsGroupsInUpstreamsOrder() {
        List<String> ours = new ArrayList<>();
        page("/apis", Transformation.DISCOVERY_V2)
                .path("items")
                .forEach(each -> ours.add(each.at("/metadata/name").asString()));
        List<String> upstream = new ArrayList<>();
        SpecFolder.json("discovery-v2-1.36.json")
                .path("items")
                .forEach(each -> upstream.add(each.at("/metadata/name").asString()));
        upstream.retainAll(ours);
        assertThat(ours).isEqualTo(upstream);
    }

    @Test
    void listsPodsWithAllThatIsBelowThem() {
        JsonNode resources = page("/api/v1", Transformation.NONE).path("resources");
        List<String> names = new ArrayList<>();
        resources.forEach(each -> names.add(each.path("name").asString()));
        assertThat(names)
                .contains(
                        "pods",
                        "pods/attach",
                        "pods/binding",
                        "pods/ephemeralcontainers",
                        "pods/eviction",
                        "pods/exec",
                        "pods/log",
                        "pods/portforward",
                        "pods/proxy",
                        "pods/resize",
                        "pods/status",
                        "serviceaccounts/token",
                        "namespaces/finalize",
                        "bindings");
        assertThat(find(resources, "/name", "pods/eviction").toString())
                .isEqualTo(
                        "{\"name\":\"pods/eviction\",\"singularName\":\"\",\"namespaced\":true,"
                                + "\"group\":\"policy\",\"version\":\"v1\",\"kind\":\"Eviction\",\"verbs\":[\"create\"]}");
    }

    @Test
    void servesTheSameGroupsPlainAndAggregated() {
        assertThat(page("/apis", Transformation.NONE).path("groups").size())
                .isEqualTo(page("/apis/", Transformation.DISCOVERY_V2BETA1).path("items").size());
        assertThat(page("/apis/apps", Transformation.NONE).toString())
                .isEqualTo(
                        "{\"kind\":\"APIGroup\",\"apiVersion\":\"v1\",\"name\":\"apps\",\"versions\":[{\"groupVersion\":\"apps/v1\",\"version\":\"v1\"}],"
                                + "\"preferredVersion\":{\"groupVersion\":\"apps/v1\",\"version\":\"v1\"}}");
        assertThat(page("/api", Transformation.DISCOVERY_V2).path("items").size()).isEqualTo(1);
    }

    @Test
    void knowsNoOtherPages() {
        assertThat(discovery.page("/apis/chairs.example.com", Transformation.NONE)).isEmpty();
    }

    @Test
    void marksEachDocument() {
        Document one = discovery.page("/apis", Transformation.NONE).orElseThrow();
        Document same =
                new Discovery(BuiltinKinds.CATALOG.served(), "10.0.0.1:6443")
                        .page("/apis", Transformation.NONE)
                        .orElseThrow();
        assertThat(one.etag()).isEqualTo(same.etag()).matches("\"[0-9A-F]{128}\"");
    }

    @Test
    void prefersTheNewestStableVersion() {
        List<String> versions =
                new ArrayList<>(List.of("v1beta1", "v2", "v1", "v1alpha1", "v1beta2", "foo"));
        versions.sort(VersionOrder.NEWEST_STABLE_FIRST);
        assertThat(versions).containsExactly("v2", "v1", "v1beta2", "v1beta1", "v1alpha1", "foo");
    }

    private JsonNode page(String path, Transformation as) {
        return discovery.page(path, as).orElseThrow().tree();
    }

    private static JsonNode find(JsonNode list, String pointer, JsonNode value) {
        return find(list, pointer, value.asString());
    }

    private static JsonNode find(JsonNode list, String pointer, String value) {
        for (JsonNode each : list) {
            if (each.at(pointer).asString("").equals(value)) {
                return each;
            }
        }
        return tools.jackson.databind.node.MissingNode.getInstance();
    }
}
