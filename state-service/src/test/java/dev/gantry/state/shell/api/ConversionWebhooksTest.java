package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.json;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.shell.api.TestApi.Answer;
import dev.gantry.state.shell.catalog.CustomResourceDefinitions;
import dev.gantry.state.shell.webhook.WebhookServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Custom resources whose versions a webhook converts: {@code hostPort} in v1, two fields in v2. */
class ConversionWebhooksTest {
    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String V1 = "/apis/example.com/v1/namespaces/shop/doors";
    private static final String V2 = "/apis/example.com/v2/namespaces/shop/doors";
    private static final Kind STORED = Kind.namespaced("example.com", "v1", "Door", "doors");

    private final WebhookServer server = new WebhookServer();
    private TestApi api;
    private CustomResourceDefinitions definitions;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        definitions = api.followDefinitions();
        answers(UnaryOperator.identity());
    }

    @AfterEach
    void stop() {
        definitions.close();
        server.close();
    }

    private void answers(UnaryOperator<ObjectNode> spoiling) {
        answers(server, spoiling);
    }

    /** Converts, and lets a test spoil the response. */
    static void answers(WebhookServer server, UnaryOperator<ObjectNode> spoiling) {
        server.raw(
                "/convert",
                review -> {
                    ObjectNode reply = JsonMapper.shared().createObjectNode();
                    reply.put("kind", "ConversionReview");
                    reply.set("apiVersion", review.path("apiVersion"));
                    ObjectNode response = reply.putObject("response");
                    response.set("uid", review.at("/request/uid"));
                    response.putObject("result").put("status", "Success");
                    String desired = review.at("/request/desiredAPIVersion").asString();
                    var all = response.putArray("convertedObjects");
                    review.at("/request/objects").forEach(each -> all.add(door(each, desired)));
                    return spoiling.apply(reply).toString();
                });
    }

    private static ObjectNode door(JsonNode from, String desired) {
        ObjectNode door = (ObjectNode) from.deepCopy();
        door.put("apiVersion", desired).put("undeclared", true);
        if (desired.endsWith("/v2")) {
            String[] parts = door.path("hostPort").asString("").split(":", -1);
            door.remove("hostPort");
            door.put("host", parts[0]).put("port", parts.length > 1 ? parts[1] : "");
        } else {
            door.put(
                    "hostPort",
                    door.path("host").asString("") + ":" + door.path("port").asString(""));
            door.remove(List.of("host", "port"));
        }
        return door;
    }

    private String definition(String stored) {
        return definition(server, stored);
    }

    static String definition(WebhookServer server, String stored) {
        String yaml =
                """
                metadata: {name: doors.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: doors, kind: Door}
                  conversion:
                    strategy: Webhook
                    webhook:
                      conversionReviewVersions: [v2, v1, v1beta1]
                      clientConfig: {url: "%1$s", caBundle: %2$s}
                  versions:
                    - name: v1
                      served: true
                      storage: %3$b
                      selectableFields: [{jsonPath: .hostPort}]
                      subresources: {status: {}}
                      schema: {openAPIV3Schema: {type: object, properties: {
                        hostPort: {type: string}, status: {type: object, properties: {old: {type: string}}}}}}
                    - name: v2
                      served: true
                      storage: %4$b
                      selectableFields: [{jsonPath: .host}, {jsonPath: .port}]
                      additionalPrinterColumns: [{name: Host, type: string, jsonPath: .host}]
                      schema: {openAPIV3Schema: {type: object, required: [host], properties: {
                        host: {type: string, maxLength: 8}, port: {type: string}, open: {type: boolean, default: false}}}}
                """
                        .formatted(
                                server.url("/convert"),
                                server.authority(),
                                stored.equals("v1"),
                                stored.equals("v2"));
        return new YAMLMapper().readTree(yaml).toString();
    }

    private void define() {
        Answer made = api.post(DEFINITIONS, definition("v1"));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        await().until(() -> api.get(V2).code() == 200);
    }

    private Answer create(String path, String name, String fields) {
        String version = path.substring("/apis/".length(), path.indexOf("/namespaces"));
        return api.post(
                path,
                json(
                        "{'apiVersion':'%s','kind':'Door','metadata':{'name':'%s'},%s}"
                                .formatted(version, name, fields)));
    }

    private JsonNode stored(String name) {
        return api.log
                .get(new ObjectKey(STORED.resource(), "shop", name))
                .orElseThrow()
                .decode()
                .tree();
    }

    @Test
    void isStoredInOneVersionAndReadInEach() {
        define();

        Answer made = create(V2, "a", "'host':'h','port':'80'");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/apiVersion")).isEqualTo("example.com/v2");
        assertThat(made.text("/host")).isEqualTo("h");
        assertThat(made.text("/metadata/resourceVersion")).isNotEmpty();
        assertThat(made.body().has("undeclared")).isFalse();
        assertThat(stored("a").path("apiVersion").asString()).isEqualTo("example.com/v1");
        assertThat(stored("a").path("hostPort").asString()).isEqualTo("h:80");
        assertThat(stored("a").has("undeclared")).isFalse();
        assertThat(api.get(V1 + "/a").text("/hostPort")).isEqualTo("h:80");
        assertThat(api.get(V2 + "/a").text("/port")).isEqualTo("80");
        assertThat(api.get(V2 + "/a").at("/metadata"))
                .isEqualTo(api.get(V1 + "/a").at("/metadata"));
    }

    @Test
    void writesAreHeldToTheSchemaOfTheirVersion() {
        define();
        create(V1, "a", "'hostPort':'h:80'");

        Answer refused = create(V2, "b", "'host':'farTooLong'");
        Answer changed =
                api.patch(V2 + "/a", "merge-patch+json", json("{'port':'81','hostPort':'x'}"));
        Answer applied =
                api.ask(
                        "PATCH",
                        V2 + "/a?fieldManager=me&force=true",
                        "{apiVersion: example.com/v2, kind: Door, metadata: {name: a}, host: i}",
                        "application/apply-patch+yaml");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message()).contains("Door.example.com \"b\" is invalid: host: Too long");
        assertThat(changed.code()).as(changed.message()).isEqualTo(200);
        assertThat(changed.text("/port")).isEqualTo("81");
        assertThat(changed.body().has("hostPort")).isFalse();
        assertThat(applied.code()).as(applied.message()).isEqualTo(200);
        assertThat(stored("a").path("hostPort").asString()).isEqualTo("i:81");
        assertThat(stored("a").at("/metadata/generation").asInt()).isEqualTo(3);
    }

    private Answer apply(String path, String manager, String fields) {
        String version = path.contains("/v1/") ? "v1" : "v2";
        return api.ask(
                "PATCH",
                path + "/a?fieldManager=" + manager,
                "{apiVersion: example.com/%s, kind: Door, metadata: {name: a}, %s}"
                        .formatted(version, fields),
                "application/apply-patch+yaml");
    }

    @Test
    void fieldsSetInAnotherVersionAreConvertedBeforeTheyAreCompared() {
        define();
        apply(V1, "first", "hostPort: 'h:80'");

        Answer other = apply(V2, "second", "host: i");
        Answer same = apply(V2, "third", "host: h, port: '80'");
        Answer forced = apply(V2, "second&force=true", "host: i");

        assertThat(other.code()).isEqualTo(409);
        assertThat(other.message())
                .startsWith("Apply failed with 1 conflict: conflict with \"first\"")
                .endsWith(": .hostPort");
        assertThat(same.code()).as(same.message()).isEqualTo(200);
        assertThat(forced.code()).as(forced.message()).isEqualTo(200);
        assertThat(forced.text("/host")).isEqualTo("i");
        assertThat(managers(forced)).contains("second", "third").doesNotContain("first");
    }

    @Test
    void anUpdateTakesFieldsThatWereSetInAnotherVersion() {
        define();
        apply(V1, "first", "hostPort: 'h:80'");

        Answer changed = api.patch(V2 + "/a", "merge-patch+json", json("{'port':'81'}"));

        assertThat(changed.code()).as(changed.message()).isEqualTo(200);
        assertThat(managers(changed)).doesNotContain("first");
    }

    @Test
    void anApplyFailsWhereWhatOthersSetCannotBeConverted() {
        define();
        apply(V2, "first", "host: h");
        server.close();

        Answer refused = apply(V1, "second", "hostPort: 'i:80'");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message()).startsWith("conversion webhook for example.com/v1");
        assertThat(stored("a").path("hostPort").asString()).startsWith("h:");
    }

    private static List<String> managers(Answer answer) {
        return answer.at("/metadata/managedFields")
                .valueStream()
                .map(each -> each.path("manager").asString())
                .toList();
    }

    @Test
    void onlyVersionsThatDeclareAStatusHaveOne() {
        define();
        create(V1, "a", "'hostPort':'h:80'");

        Answer set =
                api.patch(V1 + "/a/status", "merge-patch+json", json("{'status':{'old':'x'}}"));

        assertThat(set.text("/status/old")).isEqualTo("x");
        assertThat(api.get(V2 + "/a/status").code()).isEqualTo(404);
        List<String> served =
                api.get("/apis/example.com/v2")
                        .at("/resources")
                        .valueStream()
                        .map(each -> each.path("name").asString())
                        .toList();
        assertThat(served).containsExactly("doors");
    }

    @Test
    void listsAskOnceForAllAndSelectInTheirVersion() {
        define();
        create(V2, "a", "'host':'h','port':'80'");
        create(V2, "b", "'host':'h','port':'81'");
        create(V2, "c", "'host':'i','port':'80'");
        server.asked.clear();

        assertThat(names(api.get(V2))).containsExactly("a", "b", "c");
        assertThat(server.asked).hasSize(1);
        assertThat(server.asked.getFirst().path("objects").size()).isEqualTo(3);
        assertThat(names(api.get(V2 + "?fieldSelector=host%3Dh"))).containsExactly("a", "b");
        assertThat(names(api.get(V2 + "?fieldSelector=host%3Dh,port%3D80"))).containsExactly("a");
        assertThat(names(api.get(V1 + "?fieldSelector=hostPort%3Dh:81"))).containsExactly("b");
        assertThat(api.get(V1 + "?fieldSelector=host%3Dh").code()).isEqualTo(400);
        server.asked.clear();
        assertThat(names(api.get(V1))).containsExactly("a", "b", "c");
        assertThat(server.asked).as("what is stored in the version").isEmpty();

        String table = "application/json;as=Table;v=v1;g=meta.k8s.io";
        ApiReply rows = api.raw("GET", V2, "", Map.of("accept", table));
        assertThat(new String(((ApiReply.Whole) rows).body(), StandardCharsets.UTF_8))
                .contains("[\"a\",\"h\"]", "[\"c\",\"i\"]");

        api.delete(V2 + "?fieldSelector=host%3Dh,port%3D80");
        assertThat(names(api.get(V1))).containsExactly("b", "c");
    }

    private static List<String> names(Answer list) {
        assertThat(list.code()).as(list.message()).isEqualTo(200);
        return list.at("/items")
                .valueStream()
                .map(each -> each.at("/metadata/name").asString())
                .toList();
    }

    @Test
    void watchersSeeTheirVersionAndWhatLeavesTheirSelection() throws InterruptedException {
        define();
        ApiReply reply = api.raw("GET", V2 + "?watch=true&fieldSelector=host%3Dh", "", Map.of());
        create(V1, "other", "'hostPort':'i:80'");
        create(V1, "a", "'hostPort':'h:80'");
        api.patch(V1 + "/a", "merge-patch+json", json("{'hostPort':'i:80'}"));

        try (var frames = ((ApiReply.Streaming) reply).frames()) {
            String seen = text(frames.next());
            while (!seen.contains("DELETED")) {
                seen += text(frames.next());
            }
            assertThat(seen).contains("ADDED", "\"host\":\"h\"", "example.com/v2");
            assertThat(seen).doesNotContain("other", "\"hostPort\"");
        }
    }

    @Test
    void watchersOfAVersionShareWhatIsConverted() throws InterruptedException {
        define();
        ApiReply first = api.raw("GET", V2 + "?watch=true", "", Map.of());
        ApiReply second = api.raw("GET", V2 + "?watch=true", "", Map.of());
        create(V1, "a", "'hostPort':'h:80'");
        server.asked.clear();

        for (ApiReply each : List.of(first, second)) {
            try (var frames = ((ApiReply.Streaming) each).frames()) {
                assertThat(text(frames.next())).contains("\"host\":\"h\"");
            }
        }
        assertThat(server.asked).hasSize(1);
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }

    @Test
    void whatIsStoredInAnOlderVersionIsMigratedByAWriteThatChangesNothing() {
        define();
        create(V1, "a", "'hostPort':'h:80'");
        String path = DEFINITIONS + "/doors.example.com";
        ObjectNode changed = (ObjectNode) JsonMapper.shared().readTree(definition("v2"));
        ((ObjectNode) changed.path("metadata"))
                .put("resourceVersion", api.get(path).text("/metadata/resourceVersion"));
        Answer put = api.put(path, changed.toString());
        assertThat(put.at("/status/storedVersions").toString()).isEqualTo("[\"v1\",\"v2\"]");
        await().until(
                        () ->
                                api.catalog
                                        .get()
                                        .definition(STORED.resource())
                                        .orElseThrow()
                                        .kind()
                                        .version()
                                        .equals("v2"));

        assertThat(api.get(V2 + "/a").text("/host")).isEqualTo("h");
        assertThat(stored("a").path("apiVersion").asString()).isEqualTo("example.com/v1");
        Answer same = api.put(V2 + "/a", api.get(V2 + "/a").body().toString());

        assertThat(same.code()).as(same.message()).isEqualTo(200);
        assertThat(stored("a").path("apiVersion").asString()).isEqualTo("example.com/v2");
        assertThat(stored("a").path("host").asString()).isEqualTo("h");
        assertThat(api.get(V1 + "/a").text("/hostPort")).isEqualTo("h:80");
    }

    @Test
    void onlyLabelsAndAnnotationsAreTheWebhooks() {
        define();
        create(V1, "a", "'hostPort':'h:80'");
        answers(
                reply -> {
                    ObjectNode metadata =
                            (ObjectNode) reply.at("/response/convertedObjects/0/metadata");
                    metadata.put("generation", 17).putArray("finalizers").add("example.com/f");
                    metadata.putObject("labels").put("converted", "yes");
                    return reply;
                });

        Answer read = api.get(V2 + "/a");

        assertThat(read.text("/metadata/labels/converted")).isEqualTo("yes");
        assertThat(read.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(read.at("/metadata").has("finalizers")).isFalse();
        assertThat(names(api.get(V2 + "?labelSelector=converted"))).containsExactly("a");
    }

    @Test
    void wrongAnswersAreToldInUpstreamsWords() {
        define();
        create(V1, "a", "'hostPort':'h:80'");

        refuses(
                reply -> reply.put("kind", ""),
                " failed: expected webhook response of"
                        + " apiextensions.k8s.io/v1, Kind=ConversionReview, got apiextensions.k8s.io/v1,"
                        + " Kind=");
        refuses(
                reply -> {
                    ((ObjectNode) reply.at("/response/result"))
                            .put("status", "Failed")
                            .put("message", "no way");
                    return reply;
                },
                " failed: no way");
        refuses(
                reply -> {
                    ((ObjectNode) reply.path("response")).putArray("convertedObjects");
                    return reply;
                },
                " returned 0 objects, expected 1");
        refuses(
                reply -> {
                    first(reply).put("apiVersion", "example.com/v3");
                    return reply;
                },
                " returned invalid object at index 0: invalid groupVersion (expected"
                        + " example.com/v2, received example.com/v3)");
        refuses(
                reply -> {
                    ((ObjectNode) first(reply).path("metadata")).put("name", "b");
                    return reply;
                },
                " returned invalid object: must have the same name: a != b");
        refuses(
                reply -> {
                    ((ObjectNode) first(reply).path("metadata"))
                            .putObject("labels")
                            .put("x", "not a label");
                    return reply;
                },
                " returned invalid metadata: metadata.labels: Invalid value: \"not a label\"");
    }

    private static ObjectNode first(ObjectNode reply) {
        return (ObjectNode) reply.at("/response/convertedObjects/0");
    }

    private void refuses(UnaryOperator<ObjectNode> spoiling, String why) {
        answers(spoiling);
        Answer refused = api.get(V2 + "/a");
        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message())
                .startsWith("conversion webhook for example.com/v1, Kind=Door" + why);
    }

    @Test
    void aWebhookThatDoesNotListenFailsReadsAndWritesButNotItsStoredVersion() {
        define();
        create(V1, "a", "'hostPort':'h:80'");
        server.close();

        Answer refused = create(V2, "b", "'host':'h'");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message())
                .isEqualTo(
                        "conversion webhook for example.com/v2, Kind=Door failed: Post \"%s?timeout=30s\": dial tcp 127.0.0.1:%d: connect: connection refused"
                                .formatted(server.url("/convert"), server.port()));
        assertThat(api.get(V2).code()).isEqualTo(500);
        assertThat(api.get(V1 + "/a").code()).isEqualTo(200);
        assertThat(api.delete(V1 + "/a").code()).isEqualTo(200);
    }
}
