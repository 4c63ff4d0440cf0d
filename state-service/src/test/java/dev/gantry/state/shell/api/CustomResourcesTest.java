package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.kind.custom.Definitions;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Resources that are defined, used and taken away while requests and watches run. */
class CustomResourcesTest {
    private static final Kind CHAIR = Kind.namespaced("example.com", "v1", "Chair", "chairs");
    private static final String GROUP = "/apis/example.com/v1";
    private static final String CHAIRS = GROUP + "/namespaces/shop/chairs";
    private static final String SCHEMA =
            """
            type: object
            properties:
              spec:
                type: object
                required: [wood]
                properties:
                  wood: {type: string, enum: [oak, pine]}
                  legs: {type: integer, default: 4, minimum: 3, maximum: 5}
                  note: {type: string, nullable: true}
                  height: {x-kubernetes-int-or-string: true}
                  labels: {type: object, additionalProperties: {type: string}}
                  anything: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  screws:
                    type: array
                    x-kubernetes-list-type: map
                    x-kubernetes-list-map-keys: [name]
                    items:
                      type: object
                      required: [name]
                      properties:
                        name: {type: string}
                        size: {type: integer, default: 8}
              status:
                type: object
                properties:
                  sat: {type: integer}
            """;

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        api.catalog.put(Definitions.of(CHAIR, new YAMLMapper().readTree(SCHEMA), true));
    }

    private static String chair(String name, String spec) {
        return "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Chair\",\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}"
                .formatted(name, spec);
    }

    private Answer patch(String type, String body) {
        return api.patch(CHAIRS + "/a", type, body);
    }

    @Test
    void isDiscoveredAndDescribed() {
        assertThat(api.get(GROUP).at("/resources/0/name").asString()).isEqualTo("chairs");
        assertThat(api.get(GROUP).at("/resources/1/name").asString()).isEqualTo("chairs/status");
        JsonNode document = api.get("/openapi/v3" + GROUP).body();
        JsonNode schemas = document.path("components").path("schemas");
        assertThat(schemas.at("/com.example.v1.Chair/properties/spec/properties/legs/minimum"))
                .hasToString("3");
        assertThat(schemas.has("com.example.v1.ChairList")).isTrue();
        assertThat(document.path("paths").has(GROUP + "/namespaces/{namespace}/chairs/{name}"))
                .isTrue();
        assertThat(api.get("/openapi/v2").body().path("definitions").has("com.example.v1.Chair"))
                .isTrue();
    }

    /** An array that is sent again was not made again. */
    @Test
    void objectThatHasItsDefaultsIsDecodedOnceAndSentAsItIsStored() throws Exception {
        api.post(CHAIRS, chair("a", "\"wood\":\"oak\""));
        byte[] first = body(api.raw("GET", CHAIRS + "/a", "", Map.of()));

        assertThat(body(api.raw("GET", CHAIRS + "/a", "", Map.of()))).isEqualTo(first);
        assertThat(body(api.raw("GET", CHAIRS + "/a", "", Map.of())))
                .isSameAs(body(api.raw("GET", CHAIRS + "/a", "", Map.of())));

        JsonNode other =
                new YAMLMapper()
                        .readTree(
                                SCHEMA.replace(
                                        "type: string, nullable",
                                        "default: new, type: string, nullable"));
        api.catalog.put(Definitions.of(CHAIR, other, true));
        assertThat(api.get(CHAIRS + "/a").text("/spec/note")).isEqualTo("new");
        assertThat(api.get(CHAIRS).text("/items/0/spec/note")).isEqualTo("new");
    }

    private static byte[] body(ApiReply reply) {
        return ((ApiReply.Whole) reply).body();
    }

    /** Else kubectl would send strategic ones, which are refused. */
    @Test
    void takesThePatchesThatItSaysItTakes() {
        String item = GROUP + "/namespaces/{namespace}/chairs/{name}";
        JsonNode patch =
                api.get("/openapi/v3" + GROUP).body().path("paths").path(item).path("patch");
        assertThat(patch.at("/requestBody/content").propertyNames())
                .containsExactly(
                        "application/json-patch+json",
                        "application/merge-patch+json",
                        "application/apply-patch+yaml");
        JsonNode second = api.get("/openapi/v2").body().path("paths").path(item).path("patch");
        assertThat(second.path("consumes").toString()).doesNotContain("strategic");
    }

    @Test
    void defaultsAreFilledInAndUnknownFieldsLeftOut() {
        Answer made =
                api.post(
                        CHAIRS,
                        chair(
                                "a",
                                """
                                "wood":"oak","glue":1,"anything":{"x":{"y":1}},"height":"80%",\
                                "screws":[{"name":"s","head":"flat"}],"note":null"""));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.at("/spec/legs").asInt()).isEqualTo(4);
        assertThat(made.body().at("/spec").has("glue")).isFalse();
        assertThat(made.at("/spec/anything/x/y").asInt()).isEqualTo(1);
        assertThat(made.at("/spec/screws/0"))
                .isEqualTo(JsonMapper.shared().readTree("{\"name\":\"s\",\"size\":8}"));
        assertThat(made.at("/spec/note").isNull()).isTrue();
        assertThat(made.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void unknownFieldsAreRefusedOnRequest() {
        Answer refused =
                api.post(
                        CHAIRS + "?fieldValidation=Strict",
                        chair("a", "\"wood\":\"oak\",\"glue\":1").replaceFirst("}$", ",\"x\":1}"));
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message())
                .contains("unknown field \"x\"", "unknown field \"spec.glue\"");
    }

    /** Conformance: FieldValidation wants the words of apply, whatever is asked for. */
    @Test
    void fieldsThatAreNotDeclaredCannotBeApplied() {
        for (String validation : List.of("Strict", "Warn", "Ignore")) {
            Answer refused =
                    api.ask(
                            "PATCH",
                            CHAIRS + "/a?fieldManager=m&fieldValidation=" + validation,
                            "{apiVersion: example.com/v1, kind: Chair, metadata: {name: a, odd: 1}, spec: {wood: oak}, unknownField: x}",
                            "application/apply-patch+yaml");
            assertThat(refused.code()).isEqualTo(500);
            assertThat(refused.body().has("reason")).isFalse();
            assertThat(refused.message())
                    .startsWith(
                            "failed to create typed patch object (/a; example.com/v1, Kind=Chair): errors:\n  ")
                    .contains(
                            "\n  .metadata.odd: field not declared in schema",
                            "\n  .unknownField: field not declared in schema");
        }
        Answer map =
                api.ask(
                        "PATCH",
                        "/api/v1/namespaces/shop/configmaps/c?fieldManager=m",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, unknownField: x}",
                        "application/apply-patch+yaml");
        assertThat(map.message())
                .isEqualTo(
                        "failed to create typed patch object (/c; /v1, Kind=ConfigMap): .unknownField: field not declared in schema");
    }

    @Test
    void metadataIsDescribedByItsType() {
        JsonNode schemas = api.get("/openapi/v3" + GROUP).at("/components/schemas");
        JsonNode metadata = schemas.at("/com.example.v1.Chair/properties/metadata");
        assertThat(metadata.at("/allOf/0/$ref").asString())
                .isEqualTo("#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        assertThat(metadata.path("description").asString())
                .startsWith("Standard object's metadata");
        assertThat(
                        schemas.at(
                                        "/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta/properties/creationTimestamp/description")
                                .asString())
                .startsWith("CreationTimestamp is a timestamp");
    }

    @Test
    void whatTheSchemaForbidsIsInvalid() {
        Answer refused =
                api.post(
                        CHAIRS,
                        chair(
                                "a",
                                """
                                "legs":2,"labels":{"a":1},"screws":[{"name":"s"},{"name":"s"}],\
                                "height":1.5"""));
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .contains(
                        "spec.wood: Required value",
                        "spec.legs: Invalid value: 2: spec.legs in body should be greater than or"
                                + " equal to 3",
                        "spec.labels.a: Invalid value: \"integer\": spec.labels.a in body must be"
                                + " of type string: \"integer\"",
                        "spec.screws[1]: Duplicate value: {\"name\":\"s\"}");
    }

    @Test
    void isReadListedAndShownAsATable() {
        api.post(CHAIRS, chair("a", "\"wood\":\"oak\""));
        assertThat(api.get(CHAIRS + "/a").text("/spec/wood")).isEqualTo("oak");
        Answer list = api.get(GROUP + "/chairs");
        assertThat(list.text("/kind")).isEqualTo("ChairList");
        assertThat(list.text("/items/0/kind")).isEqualTo("Chair");
        ApiReply table =
                api.raw(
                        "GET",
                        CHAIRS,
                        "",
                        Map.of("accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
        assertThat(text(table)).contains("\"cells\":[\"a\",");
        ApiReply protobuf =
                api.raw("GET", CHAIRS, "", Map.of("accept", "application/vnd.kubernetes.protobuf"));
        assertThat(protobuf.code()).isEqualTo(406);
    }

    private static String text(ApiReply reply) {
        return new String(((ApiReply.Whole) reply).body(), StandardCharsets.UTF_8);
    }

    @Test
    void isUpdatedPatchedAppliedAndDeleted() {
        Answer made = api.post(CHAIRS, chair("a", "\"wood\":\"oak\""));
        String version = made.text("/metadata/resourceVersion");
        Answer put =
                api.put(
                        CHAIRS + "/a",
                        chair("a", "\"wood\":\"pine\"")
                                .replace(
                                        "{\"name\"",
                                        "{\"resourceVersion\":\"" + version + "\",\"name\""));
        assertThat(put.text("/spec/wood")).isEqualTo("pine");
        assertThat(put.at("/metadata/generation").asInt()).isEqualTo(2);

        Answer merged = patch("merge-patch+json", "{\"spec\":{\"legs\":5,\"glue\":1}}");
        assertThat(merged.at("/spec/legs").asInt()).isEqualTo(5);
        assertThat(merged.at("/spec").has("glue")).isFalse();
        Answer json = patch("json-patch+json", "[{\"op\":\"remove\",\"path\":\"/spec/legs\"}]");
        assertThat(json.at("/spec/legs").asInt()).isEqualTo(4);
        assertThat(patch("strategic-merge-patch+json", "{}").code()).isEqualTo(415);

        Answer deleted = api.delete(CHAIRS + "/a");
        assertThat(deleted.text("/status")).isEqualTo("Success");
        assertThat(api.get(CHAIRS + "/a").code()).isEqualTo(404);
    }

    @Test
    void itemsOfAListAreAppliedByTheirKeys() {
        String config =
                """
                apiVersion: example.com/v1
                kind: Chair
                metadata: {name: a}
                spec: {wood: oak, screws: [{name: %s, size: 5}]}
                """;
        String apply = CHAIRS + "/a?fieldManager=";
        assertThat(api.patch(apply + "one", "apply-patch+yaml", config.formatted("s")).code())
                .isEqualTo(201);
        Answer both = api.patch(apply + "two", "apply-patch+yaml", config.formatted("t"));
        assertThat(both.code()).as(both.message()).isEqualTo(200);
        assertThat(both.at("/spec/screws").size()).isEqualTo(2);
        Answer conflict =
                api.patch(
                        apply + "two",
                        "apply-patch+yaml",
                        config.formatted("s").replace("size: 5", "size: 6"));
        assertThat(conflict.message()).contains(".spec.screws[name=\"s\"].size");
    }

    @Test
    void theStatusHasAPathOfItsOwn() {
        api.post(
                CHAIRS,
                chair("a", "\"wood\":\"oak\"").replaceFirst("}$", ",\"status\":{\"sat\":1}}"));
        assertThat(api.get(CHAIRS + "/a").body().has("status")).isFalse();
        Answer patched =
                api.patch(
                        CHAIRS + "/a/status",
                        "merge-patch+json",
                        "{\"spec\":{\"wood\":\"pine\"},\"status\":{\"sat\":2}}");
        assertThat(patched.at("/status/sat").asInt()).isEqualTo(2);
        assertThat(patched.text("/spec/wood")).isEqualTo("oak");
        assertThat(patched.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void isTakenAwayAndComesBack() {
        api.post(CHAIRS, chair("a", "\"wood\":\"oak\""));
        api.catalog.remove(CHAIR.resource());
        assertThat(api.get(CHAIRS + "/a").code()).isEqualTo(404);
        assertThat(api.get(GROUP).code()).isEqualTo(404);
        assertThat(api.get("/openapi/v3" + GROUP).code()).isEqualTo(404);
        assertThat(api.get("/api/v1/namespaces/shop").code()).isEqualTo(200);
    }

    /** Each request sees one catalogue: it is served whole, or not at all. */
    @Test
    void comesAndGoesWhileOthersAskForIt() throws Exception {
        api.post(CHAIRS, chair("a", "\"wood\":\"oak\""));
        var definition = api.catalog.get().definition(CHAIR.resource()).orElseThrow();
        AtomicBoolean isOver = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> changing =
                    threads.submit(
                            () -> {
                                for (int i = 0; i < 300; i++) {
                                    api.catalog.remove(CHAIR.resource());
                                    api.catalog.put(definition);
                                }
                                isOver.set(true);
                            });
            for (int i = 0; !isOver.get() || i < 10; i++) {
                Answer patched =
                        patch("merge-patch+json", "{\"spec\":{\"legs\":%d}}".formatted(3 + i % 3));
                assertThat(patched.code()).isIn(200, 404);
                assertThat(api.get(CHAIRS).code()).isIn(200, 404);
            }
            changing.get();
        }
        assertThat(api.get(CHAIRS + "/a").code()).isEqualTo(200);
    }

    @Test
    void isWatched() throws InterruptedException {
        String from = api.get(CHAIRS).text("/metadata/resourceVersion");
        api.post(CHAIRS, chair("a", "\"wood\":\"oak\""));
        ApiReply.Streaming reply =
                (ApiReply.Streaming)
                        api.raw("GET", CHAIRS + "?watch=1&resourceVersion=" + from, "", Map.of());
        try (var frames = reply.frames()) {
            JsonNode event = JsonMapper.shared().readTree(frames.next());
            assertThat(event.path("type").asString()).isEqualTo("ADDED");
            assertThat(event.at("/object/kind").asString()).isEqualTo("Chair");
            api.catalog.remove(CHAIR.resource());
            assertThat(frames.next()).isNull();
        }
    }

    @Test
    void aWatcherThatWaitsIsSentAwayWithTheResource() throws Exception {
        ApiReply.Streaming reply =
                (ApiReply.Streaming) api.raw("GET", CHAIRS + "?watch=1", "", Map.of());
        try (var frames = reply.frames();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> next = threads.submit(frames::next);
            api.catalog.remove(CHAIR.resource());
            assertThat(next.get()).isNull();
        }
    }
}
