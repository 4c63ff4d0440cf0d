package dev.gantry.state.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.UpstreamSpec;
import dev.gantry.state.kind.BuiltinKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class OpenApiTest {
    private final OpenApi api =
            new OpenApi(BuiltinKinds.CATALOG.served(), List.of(), BuiltinKinds.CATALOG, "v1.36.0");

    @Test
    void indexesADocumentPerGroupAndVersion() {
        JsonNode paths = page("/openapi/v3").path("paths");
        assertThat(paths.propertyNames()).contains("api/v1", "apis/apps/v1");
        String url = paths.at("/apis~1apps~1v1/serverRelativeURL").asString();
        assertThat(url).matches("/openapi/v3/apis/apps/v1\\?hash=[0-9A-F]+");
        assertThat(api.page("/openapi/v3/apis/chairs/v1")).isEmpty();
    }

    @Test
    void tellsKubectlThatFieldsAreValidated() {
        JsonNode patch =
                page("/openapi/v3/apis/apps/v1")
                        .path("paths")
                        .path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")
                        .path("patch");
        List<String> parameters = new ArrayList<>();
        patch.path("parameters").forEach(each -> parameters.add(each.path("name").asString()));
        assertThat(parameters).contains("fieldValidation");
        assertThat(patch.at("/x-kubernetes-group-version-kind/kind").asString())
                .isEqualTo("Deployment");
        assertThat(patch.at("/requestBody/content").propertyNames())
                .contains("application/strategic-merge-patch+json");
    }

    @Test
    void describesTypesAndFields() {
        JsonNode schemas = page("/openapi/v3/api/v1").at("/components/schemas");
        JsonNode containers = schemas.at("/io.k8s.api.core.v1.PodSpec/properties/containers");
        assertThat(containers.path("description").asString())
                .startsWith("List of containers belonging to the pod.");
        assertThat(containers.path("x-kubernetes-patch-merge-key").asString()).isEqualTo("name");
        assertThat(schemas.at("/io.k8s.api.core.v1.Pod/description").asString())
                .startsWith("Pod is a collection of containers");
        assertThat(schemas.at("/io.k8s.api.core.v1.Pod/properties/spec/allOf/0/$ref").asString())
                .isEqualTo("#/components/schemas/io.k8s.api.core.v1.PodSpec");
        assertThat(schemas.at("/io.k8s.api.core.v1.PodSpec/properties/dnsPolicy/enum").toString())
                .isEqualTo("[\"ClusterFirst\",\"ClusterFirstWithHostNet\",\"Default\",\"None\"]");
    }

    @Test
    void refersOnlyToTypesThatItHas() {
        for (String path : page("/openapi/v3").path("paths").propertyNames()) {
            JsonNode document = page("/openapi/v3/" + path);
            TreeSet<String> missing = new TreeSet<>();
            collect(document, missing);
            document.at("/components/schemas").propertyNames().forEach(missing::remove);
            assertThat(missing).as(path).isEmpty();
        }
    }

    @Test
    void hasADescriptionForNearlyEveryField() {
        List<String> silent = new ArrayList<>();
        for (var type : page("/openapi/v2").path("definitions").properties()) {
            for (var field : type.getValue().path("properties").properties()) {
                if (!field.getValue().has("description")) {
                    silent.add(type.getKey() + "." + field.getKey());
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void agreesWithUpstreamsTypes() {
        JsonNode upstream = UpstreamSpec.types();
        List<String> wrong = new ArrayList<>();
        for (var type : page("/openapi/v2").path("definitions").properties()) {
            JsonNode expected = upstream.path(type.getKey());
            for (var field : type.getValue().path("properties").properties()) {
                JsonNode property = expected.path("properties").path(field.getKey());
                for (String fact :
                        List.of(
                                "type",
                                "format",
                                "$ref",
                                "x-kubernetes-patch-strategy",
                                "x-kubernetes-patch-merge-key",
                                "x-kubernetes-list-map-keys")) {
                    boolean isAny = field.getValue().path("type").asString("").equals("object");
                    if (!isAny && !field.getValue().path(fact).equals(property.path(fact))) {
                        wrong.add(type.getKey() + "." + field.getKey() + " " + fact);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void enumeratesWhatUpstreamEnumerates() {
        var expected = UpstreamSpec.enumerations();
        for (String path : page("/openapi/v3").path("paths").propertyNames()) {
            assertEnumerations(page("/openapi/v3/" + path).at("/components/schemas"), expected);
        }
        assertEnumerations(page(OpenApi.V2).path("definitions"), expected);
    }

    private static void assertEnumerations(JsonNode types, Map<String, List<String>> expected) {
        for (var type : types.properties()) {
            for (var field : type.getValue().path("properties").properties()) {
                String name = type.getKey() + "." + field.getKey();
                assertThat(enumeration(field.getValue()))
                        .as(name)
                        .isEqualTo(expected.getOrDefault(name, List.of()));
            }
        }
    }

    private static List<String> enumeration(JsonNode property) {
        List<String> values = new ArrayList<>();
        JsonNode holder = property.has("items") ? property.path("items") : property;
        holder.path("enum").forEach(each -> values.add(each.asString()));
        return values;
    }

    @Test
    void hasVersion2InProtobufToo() {
        byte[] bytes = api.page(OpenApi.V2_PROTOBUF).orElseThrow().json();
        assertThat(bytes).startsWith(0x0a, 3, '2', '.', '0', 0x12);
        assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("io.k8s.api.core.v1.PodSpec", "x-kubernetes-group-version-kind");
    }

    @Test
    void saysSomethingOfItsOwnAboutFieldsThatHoldATypeOnlyWhereModelsAreSilent() {
        JsonNode schemas = page("/openapi/v3/api/v1").at("/components/schemas");
        assertThat(
                        schemas.at(
                                        "/io.k8s.api.core.v1.Container/properties/livenessProbe/description")
                                .asString())
                .startsWith("Asked periodically whether the container is alive.");
    }

    private static void collect(JsonNode node, TreeSet<String> references) {
        if (node.path("$ref").isString()) {
            references.add(node.path("$ref").asString().replaceFirst(".*/", ""));
        }
        node.forEach(each -> collect(each, references));
    }

    private JsonNode page(String path) {
        return JsonMapper.shared().readTree(api.page(path).orElseThrow().json());
    }
}
