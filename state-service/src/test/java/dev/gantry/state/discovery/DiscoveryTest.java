package dev.gantry.state.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.UpstreamSpec;
import dev.gantry.state.codec.Transformation;
import dev.gantry.state.discovery.Discovery.Document;
import dev.gantry.state.kind.BuiltinKinds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DiscoveryTest {
    private final Discovery discovery =
            new Discovery(BuiltinKinds.CATALOG.served(), List.of(), "10.0.0.1:6443");

    @Test
    void describesServedResourcesAsUpstreamDoes() {
        List<String> wrong = new ArrayList<>();
        compare(UpstreamSpec.coreDiscovery(), page("/api", Transformation.DISCOVERY_V2), wrong);
        compare(UpstreamSpec.discovery(), page("/apis", Transformation.DISCOVERY_V2), wrong);
        assertThat(wrong).isEmpty();
    }

    private static void compare(JsonNode upstream, JsonNode ours, List<String> wrong) {
        for (JsonNode group : ours.path("items")) {
            JsonNode itsVersions =
                    find(upstream.path("items"), "/metadata/name", group.at("/metadata/name"))
                            .path("versions");
            for (JsonNode version : group.path("versions")) {
                JsonNode itsResources =
                        find(itsVersions, "/version", version.path("version")).path("resources");
                for (JsonNode resource : version.path("resources")) {
                    JsonNode expected = find(itsResources, "/resource", resource.path("resource"));
                    if (!resource.equals(expected)) {
                        wrong.add(resource + " should be " + expected);
                    }
                }
            }
        }
    }

    /** What upstream serves unless it is told otherwise, and this server does not. */
    @Test
    void lacksNoOtherResources() {
        List<String> lacking = new ArrayList<>();
        for (JsonNode group : UpstreamSpec.discovery().path("items")) {
            String name = group.at("/metadata/name").asString();
            lacking(group, "/apis/" + name, lacking);
        }
        lacking(UpstreamSpec.coreDiscovery().at("/items/0"), "/api", lacking);
        assertThat(lacking).isEmpty();
    }

    private void lacking(JsonNode group, String path, List<String> lacking) {
        for (JsonNode version : group.path("versions")) {
            String of = path + "/" + version.path("version").asString();
            JsonNode ours =
                    discovery
                            .page(of, Transformation.NONE)
                            .map(each -> each.tree().path("resources"))
                            .orElse(null);
            for (JsonNode resource : version.path("resources")) {
                String name = resource.path("resource").asString();
                if (ours == null || find(ours, "/name", name).isMissingNode()) {
                    lacking.add(of + "/" + name);
                }
            }
        }
    }

    @Test
    void listsGroupsInUpstreamsOrder() {
        List<String> ours = new ArrayList<>();
        page("/apis", Transformation.DISCOVERY_V2)
                .path("items")
                .forEach(each -> ours.add(each.at("/metadata/name").asString()));
        List<String> upstream = new ArrayList<>();
        UpstreamSpec.discovery()
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
                new Discovery(BuiltinKinds.CATALOG.served(), List.of(), "10.0.0.1:6443")
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
        return find(list, pointer, value.asString(""));
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
