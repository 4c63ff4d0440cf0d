package dev.gantry.state.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.UpstreamSpec;
import dev.gantry.state.kind.BuiltinKinds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
        for (var type : page(OpenApi.V2).path("definitions").properties()) {
            JsonNode ours = undescribed(type.getValue());
            ours.path("properties").forEach(OpenApiTest::withoutEnumeration);
            sortRequired(upstream.path(type.getKey()));
            assertThat(ours).as(type.getKey()).isEqualTo(upstream.path(type.getKey()));
        }
    }

    /** Upstream's order is that of its code, which means nothing. */
    private static void sortRequired(JsonNode type) {
        if (type.path("required") instanceof ArrayNode required) {
            List<JsonNode> names = new ArrayList<>(required.valueStream().toList());
            names.sort(Comparator.comparing(JsonNode::asString));
            required.removeAll();
            names.forEach(required::add);
        }
    }

    /** Of enumerations the published document says nothing. */
    private static void withoutEnumeration(JsonNode property) {
        ((ObjectNode) property).remove("enum");
        for (String inner : List.of("items", "additionalProperties")) {
            if (property.path(inner) instanceof ObjectNode found) {
                found.remove("enum");
            }
        }
    }

    @Test
    void tellsWhatCanBeDoneAsUpstream() {
        JsonNode document = page(OpenApi.V2);
        JsonNode upstream = UpstreamSpec.paths();
        for (var path : document.path("paths").properties()) {
            resolve(path.getValue(), document.path("parameters"));
            assertThat(path.getValue()).as(path.getKey()).isEqualTo(upstream.path(path.getKey()));
        }
        assertThat(document.path("paths").propertyNames())
                .containsExactlyInAnyOrderElementsOf(upstream.propertyNames());
    }

    /** Puts the parameters where they are referred to, and leaves out what they are for. */
    private static void resolve(JsonNode node, JsonNode shared) {
        if (node.path("parameters") instanceof ArrayNode parameters) {
            for (int i = 0; i < parameters.size(); i++) {
                String name = parameters.get(i).path("$ref").asString("").replaceFirst(".*/", "");
                ObjectNode whole =
                        (ObjectNode) (name.isEmpty() ? parameters.get(i) : shared.path(name));
                ObjectNode undescribed = whole.deepCopy();
                undescribed.remove("description");
                parameters.set(i, undescribed);
            }
        }
        node.forEach(each -> resolve(each, shared));
    }

    private static JsonNode undescribed(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("description").isString()) {
            object.remove("description");
        }
        node.forEach(OpenApiTest::undescribed);
        return node;
    }

    @Test
    void saysWhatTheValuesOfAnEnumerationMean() {
        JsonNode policy =
                page("/openapi/v3/api/v1")
                        .at(
                                "/components/schemas/io.k8s.api.core.v1.Container/properties/imagePullPolicy");
        assertThat(policy.path("description").asString())
                .endsWith(
                        "\n\nPossible enum values:\n"
                                + " - `\"Always\"` the image is asked for at every start.\n"
                                + " - `\"IfNotPresent\"` the image is pulled unless the node has"
                                + " it.\n"
                                + " - `\"Never\"` the image is never pulled: the node must have"
                                + " it.");
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
        JsonNode holder = property;
        for (String inner : List.of("items", "additionalProperties")) {
            holder = property.has(inner) ? property.path(inner) : holder;
        }
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
