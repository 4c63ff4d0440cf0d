package dev.gantry.state.shell.api;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.api.TestApi.Answer;
import dev.gantry.state.shell.catalog.CustomResourceDefinitions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Definitions are stored like other objects, and what they define is served. */
class CustomResourceDefinitionsTest {
    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String CHAIRS = "/apis/example.com/v1/namespaces/shop/chairs";

    private TestApi api;
    private CustomResourceDefinitions definitions;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        definitions = api.followDefinitions();
    }

    @AfterEach
    void stop() {
        definitions.close();
    }

    private static String definition(String plural, String kind, String more) {
        return definition(plural, kind, more, "");
    }

    /**
     * @param more fields of the version
     * @param names further names
     */
    private static String definition(String plural, String kind, String more, String names) {
        String yaml =
                """
                metadata: {name: %1$s.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: %1$s, kind: %2$s%4$s}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            spec:
                              type: object
                              properties:
                                wood: {type: string}
                                replicas: {type: integer}
                            status: {type: object, x-kubernetes-preserve-unknown-fields: true}
                %3$s
                """
                        .formatted(plural, kind, more.indent(6), names);
        return new YAMLMapper().readTree(yaml).toString();
    }

    private Answer define(String body) {
        Answer made = api.post(DEFINITIONS, body);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        String path = DEFINITIONS + "/" + made.text("/metadata/name");
        await().until(
                        () -> condition(path, "NamesAccepted").text("/status"),
                        text -> !text.isEmpty());
        return api.get(path);
    }

    private Answer condition(String path, String type) {
        Answer found = api.get(path);
        for (var each : found.at("/status/conditions")) {
            if (each.path("type").asString("").equals(type)) {
                return new Answer(200, each, found.headers());
            }
        }
        return new Answer(404, JsonMapper.shared().createObjectNode(), found.headers());
    }

    private Answer chair(String name, String spec) {
        return api.post(
                CHAIRS,
                "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Chair\",\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}"
                        .formatted(name, spec));
    }

    /** Without that, {@code kubectl wait} right after {@code kubectl create} fails. */
    @Test
    void hasItsConditionsOnceTheAnswerToItsCreationIsThere() {
        await().until(api.catalog::isComplete);
        for (int i = 0; i < 20; i++) {
            Answer made = api.post(DEFINITIONS, definition("chairs" + i, "Chair" + i, ""));
            assertThat(made.at("/status/conditions").isNull()).isTrue();
            String path = DEFINITIONS + "/chairs" + i + ".example.com";
            assertThat(condition(path, "Established").text("/status")).isEqualTo("True");
        }
    }

    @Test
    void isEstablishedAndServed() {
        Answer established = define(definition("chairs", "Chair", ""));
        assertThat(established.at("/status"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                        {"conditions":[{"type":"NamesAccepted","status":"True","reason":"NoConflicts",\
                        "message":"no conflicts found","lastTransitionTime":"%1$s"},\
                        {"type":"Established","status":"True","reason":"InitialNamesAccepted",\
                        "message":"the initial names have been accepted","lastTransitionTime":"%1$s"}],\
                        "acceptedNames":{"plural":"chairs","kind":"Chair","singular":"chair",\
                        "listKind":"ChairList"},"storedVersions":["v1"]}"""
                                                .formatted(
                                                        established.text(
                                                                "/metadata/creationTimestamp"))));
        assertThat(established.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(chair("a", "\"wood\":\"oak\",\"glue\":1").text("/spec/wood")).isEqualTo("oak");
        assertThat(api.get(CHAIRS + "/a").at("/spec").size()).isEqualTo(1);
    }

    @Test
    void namesBelongToTheDefinitionThatWasFirst() {
        define(definition("chairs", "Chair", "", ", shortNames: [ch]"));
        define(definition("stools", "Chair", ""));
        String stools = DEFINITIONS + "/stools.example.com";
        assertThat(condition(stools, "NamesAccepted").body().toString())
                .contains("\"False\"", "ListKindConflict", "\\\"ChairList\\\" is already in use");
        assertThat(condition(stools, "Established").text("/reason")).isEqualTo("NotAccepted");
        define(definition("tables", "Table", "", ", shortNames: [ch]"));
        assertThat(
                        condition(DEFINITIONS + "/tables.example.com", "NamesAccepted")
                                .body()
                                .toString())
                .contains("ShortNamesConflict", "\\\"ch\\\" is already in use");
        assertThat(api.get("/apis/example.com/v1/namespaces/shop/stools").code()).isEqualTo(404);

        api.delete(DEFINITIONS + "/chairs.example.com");
        await().until(() -> condition(stools, "Established").text("/status"), "True"::equals);
        assertThat(api.get("/apis/example.com/v1/namespaces/shop/stools").code()).isEqualTo(200);
    }

    @Test
    void goesWithItsObjects() {
        define(definition("chairs", "Chair", ""));
        chair("a", "\"wood\":\"oak\"");
        chair("b", "\"wood\":\"oak\"");
        api.patch(CHAIRS + "/b", "merge-patch+json", "{\"metadata\":{\"finalizers\":[\"x.y/z\"]}}");
        Answer deleted = api.delete(DEFINITIONS + "/chairs.example.com");
        assertThat(deleted.at("/metadata/finalizers/0").asString())
                .isEqualTo("customresourcecleanup.apiextensions.k8s.io");
        assertThat(deleted.at("/status/conditions/2/reason").asString())
                .isEqualTo("InstanceDeletionPending");

        await().until(() -> api.get(CHAIRS + "/a").code(), code -> code == 404);
        await().until(
                        () ->
                                condition(DEFINITIONS + "/chairs.example.com", "Terminating")
                                        .text("/reason"),
                        "InstanceDeletionInProgress"::equals);
        Answer refused = chair("c", "\"wood\":\"oak\"");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "chairs.example.com \"c\" is forbidden: create not allowed while custom"
                                + " resource definition is terminating");

        api.patch(CHAIRS + "/b", "merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
        await().until(
                        () -> api.get(DEFINITIONS + "/chairs.example.com").code(),
                        code -> code == 404);
        await().until(() -> api.get(CHAIRS).code(), code -> code == 404);
        assertThat(api.get("/apis/example.com").code()).isEqualTo(404);
    }

    @Test
    void columnsAreThoseOfTheDefinition() {
        define(
                definition(
                        "chairs",
                        "Chair",
                        """
                        additionalPrinterColumns:
                          - {name: Wood, type: string, jsonPath: .spec.wood}
                          - {name: Replicas, type: integer, jsonPath: .spec.replicas, priority: 1}
                          - {name: Missing, type: integer, jsonPath: .spec.wood}
                          - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
                        """));
        chair("a", "\"wood\":\"oak\",\"replicas\":3");
        ApiReply table =
                api.raw(
                        "GET",
                        CHAIRS,
                        "",
                        Map.of("accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
        assertThat(new String(((ApiReply.Whole) table).body(), StandardCharsets.UTF_8))
                .contains(
                        "\"cells\":[\"a\",\"oak\",3,null,\"0s\"]",
                        "Custom resource definition column (in JSONPath format): .spec.wood");
    }

    @Test
    void replicasAreReadAndWrittenAsAScale() {
        define(
                definition(
                        "chairs",
                        "Chair",
                        """
                        subresources:
                          status: {}
                          scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
                        """));
        assertThat(
                        api.get("/apis/example.com/v1")
                                .at("/resources")
                                .valueStream()
                                .map(each -> each.path("name").asString("")))
                .containsExactly("chairs", "chairs/status", "chairs/scale");
        chair("a", "\"replicas\":2");
        api.patch(CHAIRS + "/a/status", "merge-patch+json", "{\"status\":{\"replicas\":1}}");
        Answer scale = api.get(CHAIRS + "/a/scale");
        assertThat(scale.text("/apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(scale.at("/status/replicas").asInt()).isEqualTo(1);
        Answer scaled =
                api.patch(CHAIRS + "/a/scale", "merge-patch+json", "{\"spec\":{\"replicas\":6}}");
        assertThat(scaled.at("/spec/replicas").asInt()).isEqualTo(6);
        Answer refused =
                api.patch(CHAIRS + "/a/scale", "merge-patch+json", "{\"spec\":{\"replicas\":-5}}");
        assertThat(refused.message())
                .isEqualTo(
                        "Chair.example.com \"a\" is invalid: .spec.replicas: Invalid value: -5:"
                                + " should be a non-negative integer");
        assertThat(api.get(CHAIRS + "/a").at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void fieldsThatTheDefinitionNamesAreSelectable() {
        define(definition("chairs", "Chair", "selectableFields: [{jsonPath: .spec.wood}]"));
        chair("a", "\"wood\":\"oak\"");
        chair("b", "\"wood\":\"pine\"");
        Answer found = api.get(CHAIRS + "?fieldSelector=spec.wood%3Doak");
        assertThat(found.at("/items").size()).isEqualTo(1);
        assertThat(found.text("/items/0/metadata/name")).isEqualTo("a");
        assertThat(api.get(CHAIRS + "?fieldSelector=spec.replicas%3D1").message())
                .isEqualTo("field label not supported: spec.replicas");
    }

    @Test
    void anObjectIsReadInEachVersionWhicheverItIsStoredIn() {
        Answer first = define(definition("chairs", "Chair", ""));
        chair("a", "\"wood\":\"oak\"");
        var tree = (ObjectNode) first.body();
        var versions = (ArrayNode) tree.at("/spec/versions");
        var second = (ObjectNode) versions.get(0).deepCopy();
        second.put("name", "v2");
        ((ObjectNode) second.at("/schema/openAPIV3Schema/properties/spec/properties"))
                .putObject("color")
                .put("type", "string")
                .put("default", "red");
        ((ObjectNode) versions.get(0)).put("storage", false);
        versions.add(second);
        Answer moved = api.put(DEFINITIONS + "/chairs.example.com", tree.toString());
        assertThat(moved.at("/status/storedVersions")).hasToString("[\"v1\",\"v2\"]");
        String newer = "/apis/example.com/v2/namespaces/shop/chairs";
        await().until(() -> api.get(newer).code(), code -> code == 200);

        Answer read = api.get(newer + "/a");
        assertThat(read.text("/apiVersion")).isEqualTo("example.com/v2");
        assertThat(read.at("/spec").has("color")).isFalse();
        assertThat(api.get(CHAIRS + "/a").text("/apiVersion")).isEqualTo("example.com/v1");
        Answer patched =
                api.patch(CHAIRS + "/a", "merge-patch+json", "{\"spec\":{\"replicas\":1}}");
        assertThat(patched.text("/apiVersion")).isEqualTo("example.com/v1");
        assertThat(api.get(newer).text("/items/0/apiVersion")).isEqualTo("example.com/v2");
        // Now it is stored in the version that has the default.
        assertThat(api.get(newer + "/a").text("/spec/color")).isEqualTo("red");
        assertThat(api.get(CHAIRS + "/a").at("/spec").has("color")).isFalse();
    }
}
