package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.codec.protobuf.ProtobufReading;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A refusal comes in the encoding that the client accepts. */
class RefusalsTest {
    private static final String MISSING = "/api/v1/namespaces/default/configmaps/missing";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private final TestApi api = new TestApi();

    @Test
    void isYamlForWhoAcceptsYaml() {
        ApiReply reply = ask(MISSING, Map.of("accept", "application/yaml"));

        assertThat(reply.code()).isEqualTo(404);
        assertThat(reply.contentType()).isEqualTo("application/yaml");
        assertThat(text(reply)).contains("kind: Status", "reason: NotFound");
    }

    @Test
    void isProtobufForWhoAcceptsProtobuf() {
        ApiReply reply = ask(MISSING, Map.of("accept", PROTOBUF));

        assertThat(reply.contentType()).isEqualTo(PROTOBUF);
        var reading =
                new ProtobufCodec(Schema.builtin())
                        .decode(((ApiReply.Whole) reply).body(), new GroupVersionKind("", "", ""));
        JsonNode status = ((ProtobufReading.Tree) reading).tree();
        assertThat(status.path("message").asString()).isEqualTo("configmaps \"missing\" not found");
        assertThat(status.at("/details/name").asString()).isEqualTo("missing");
    }

    @Test
    void isIndentedForPeople() {
        assertThat(text(ask(MISSING, Map.of("user-agent", "curl/8"))))
                .startsWith("{\n  \"kind\": \"Status\"");
    }

    @Test
    void isJsonForWhoAcceptsNothingOfThis() {
        ApiReply reply = ask(MISSING, Map.of("accept", "text/html"));

        assertThat(reply.code()).isEqualTo(406);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(text(reply)).startsWith("{\n  \"kind\": \"Status\"");
    }

    @Test
    void isPlainTextWhereNothingOfTheApiIs() {
        ApiReply reply = ask("/apis/chairs.example.com/v1/chairs", Map.of());

        assertThat(reply.code()).isEqualTo(404);
        assertThat(reply.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.headers()).containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(text(reply)).isEqualTo("404 page not found\n");
    }

    @Test
    void isNothingAtAllWhereOnlyADocumentIsMissing() {
        ApiReply reply = ask("/openapi/v3/apis/chairs.example.com/v1", Map.of());

        assertThat(reply.code()).isEqualTo(404);
        assertThat(reply.contentType()).isEmpty();
        assertThat(text(reply)).isEmpty();
    }

    @Test
    void isAStatusInGroupsThatAreBuiltIn() {
        assertThat(text(ask("/apis/apps/v7/chairs", Map.of())))
                .contains("the server could not find the requested resource");
    }

    private ApiReply ask(String path, Map<String, String> headers) {
        return api.raw("GET", path, "", headers);
    }

    private static String text(ApiReply reply) {
        return new String(((ApiReply.Whole) reply).body(), StandardCharsets.UTF_8);
    }
}
