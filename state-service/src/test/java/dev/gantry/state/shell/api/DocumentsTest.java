package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.codec.protobuf.ProtobufReading;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DocumentsTest {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    private final TestApi api = new TestApi();

    @Test
    void resourcesOfAVersionAreListed() {
        Answer list = api.get("/apis/apps/v1");

        assertThat(list.text("/kind")).isEqualTo("APIResourceList");
        assertThat(list.at("/resources").toString()).contains("\"deployments/scale\"");
        assertThat(api.get("/apis/nothing/v1").code()).isEqualTo(404);
    }

    @Test
    void aggregatedDiscoveryIsNamedInTheContentType() {
        ApiReply reply = api.raw("GET", "/apis", "", Map.of("accept", AGGREGATED));

        assertThat(reply.contentType())
                .isEqualTo("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    }

    /** Recorded from kube-apiserver 1.36.2, but for the address, which is as long as there. */
    @Test
    void discoveryInProtobufHasUpstreamsBytes() {
        assertThat(protobuf("/api"))
                .isEqualTo(
                        "6b3873000a0f0a00120b41504956657273696f6e7312200a027631121a0a09302e302e302e30"
                                + "2f30120d31302e302e302e313a363434331a002200");
        assertThat(protobuf("/apis/apps"))
                .isEqualTo(
                        "6b3873000a0e0a027631120841504947726f757012240a0461707073120d0a07617070732f76"
                                + "3112027631"
                                + "1a0d0a07617070732f7631120276311a002200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1", "/apis/policy"})
    void everyPageOfDiscoveryIsTheSameInProtobuf(String path) {
        var reply = (ApiReply.Whole) api.raw("GET", path, "", Map.of("accept", PROTOBUF));

        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo(PROTOBUF);
        assertThat(withoutZeros(decoded(reply))).isEqualTo(withoutZeros(api.get(path).body()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/apis"})
    void aggregatedDiscoveryIsTheSameInProtobuf(String path) {
        String as = ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        var reply = (ApiReply.Whole) api.raw("GET", path, "", Map.of("accept", PROTOBUF + as));
        var json = (ApiReply.Whole) api.raw("GET", path, "", Map.of("accept", AGGREGATED));

        assertThat(reply.contentType()).isEqualTo(PROTOBUF + as);
        assertThat(withoutZeros(decoded(reply)))
                .isEqualTo(withoutZeros(JsonMapper.shared().readTree(json.body())));
    }

    @Test
    void pageThatIsNeverAggregatedIsNotAcceptableAsSuch() {
        String only = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

        assertThat(api.raw("GET", "/apis/apps/v1", "", Map.of("accept", only)).code())
                .isEqualTo(406);
        assertThat(api.raw("GET", "/apis/apps/v1", "", Map.of("accept", AGGREGATED)).contentType())
                .isEqualTo("application/json");
    }

    @Test
    void plainDiscoveryIsNotForCaches() {
        ApiReply reply = api.raw("GET", "/apis/apps/v1", "", Map.of());

        assertThat(reply.headers()).doesNotContainKeys("Etag", "Cache-Control");
    }

    @Test
    void knownDocumentIsNotSentAgain() {
        ApiReply first = api.raw("GET", "/apis", "", Map.of("accept", AGGREGATED));
        String etag = first.headers().get("Etag");

        ApiReply again =
                api.raw("GET", "/apis", "", Map.of("accept", AGGREGATED, "if-none-match", etag));

        assertThat(again.code()).isEqualTo(304);
    }

    @Test
    void discoveryIsTheSameInThePast() {
        assertThat(api.get("/apis/apps/v1").body())
                .isEqualTo(api.get("/asof/2020-01-01T00:00:00Z/apis/apps/v1").body());
    }

    @Test
    void schemasAndKeysArePublished() {
        assertThat(api.get("/openapi/v3").at("/paths").toString()).contains("apis/apps/v1");
        assertThat(api.get("/openapi/v3/apis/apps/v1").text("/openapi")).startsWith("3.");
        assertThat(api.get("/.well-known/openid-configuration").text("/jwks_uri"))
                .endsWith("/openid/v1/jwks");
        assertThat(api.get("/openid/v1/jwks").text("/keys/0/kty")).isEqualTo("EC");
    }

    private String protobuf(String path) {
        var reply = (ApiReply.Whole) api.raw("GET", path, "", Map.of("accept", PROTOBUF));
        return HexFormat.of().formatHex(reply.body());
    }

    private static JsonNode decoded(ApiReply.Whole reply) {
        var reading =
                new ProtobufCodec(Schema.builtin())
                        .decode(reply.body(), new GroupVersionKind("", "", ""));
        return ((ProtobufReading.Tree) reading).tree();
    }

    /** Empty texts and objects are not told apart from missing ones in protobuf. */
    private static JsonNode withoutZeros(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.forEach(DocumentsTest::withoutZeros);
            object.properties().removeIf(each -> isZero(each.getValue()));
        } else {
            node.forEach(DocumentsTest::withoutZeros);
        }
        return node;
    }

    private static boolean isZero(JsonNode value) {
        return value.isEmpty() && !value.isArray() && value.asString("").isEmpty()
                || value.isBoolean() && !value.booleanValue();
    }

    @Test
    void countsTheObjectsOfEachResourceForTheGateway() throws InterruptedException {
        TestApi counting = TestApi.withNamespace("shop");
        counting.post("/api/v1/namespaces/shop/configmaps", "{\"metadata\":{\"name\":\"a\"}}");
        counting.post("/api/v1/namespaces/shop/configmaps", "{\"metadata\":{\"name\":\"b\"}}");
        ApiReply reply = counting.raw("GET", "/metrics", "", Map.of());
        assertThat(new String(((ApiReply.Whole) reply).body(), StandardCharsets.UTF_8).lines())
                .contains(
                        "apiserver_resource_objects{group=\"\",resource=\"configmaps\"} 2",
                        "apiserver_resource_objects{group=\"apps\",resource=\"deployments\"} 0",
                        "apiserver_storage_objects{resource=\"deployments.apps\"} 0")
                .noneMatch(line -> line.contains("componentstatuses"));
    }
}
