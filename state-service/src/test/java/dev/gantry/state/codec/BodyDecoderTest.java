package dev.gantry.state.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.Schemas;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class BodyDecoderTest {
    private static final GroupVersionKind DEPLOYMENT =
            new GroupVersionKind("apps", "v1", "Deployment");
    private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
    private static final GroupVersionKind CONFIG_MAP = new GroupVersionKind("", "v1", "ConfigMap");
    private final BodyDecoder decoder =
            new BodyDecoder(Schemas.BUILTIN, new ProtobufCodec(Schema.builtin()));

    @Test
    void keepsKnownFieldsAndDropsNulls() {
        assertThat(
                        tree(
                                "{\"metadata\":{\"name\":\"a\",\"creationTimestamp\":null},\"data\":{\"k\":\"v\"}}",
                                CONFIG_MAP))
                .isEqualTo(
                        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
    }

    @Test
    void writesQuantitiesAndTimesCanonically() {
        assertThat(
                        tree(
                                """
                                {"kind":"Pod","apiVersion":"v1","metadata":{
                                "creationTimestamp":"2026-01-02T03:04:05+01:00"},"spec":{"containers":[
                                {"resources":{"requests":{"cpu":0.5,"memory":"1024Mi"}}}]}}""",
                                POD))
                .contains("\"2026-01-02T02:04:05Z\"")
                .contains("{\"cpu\":\"500m\",\"memory\":\"1Gi\"}");
    }

    @Test
    void refusesUnknownAndDuplicateFieldsWhenStrict() {
        String body =
                """
                {"kind":"Deployment","apiVersion":"apps/v1","spec":{"foo":1,"replicas":1,"replicas":2,
                "template":{"spec":{"containers":[{"name":"a","imagee":"x"}]}}}}""";
        assertThat(refusal(body, DEPLOYMENT, FieldValidation.STRICT))
                .isEqualTo(
                        "Deployment in version \"v1\" cannot be handled as a Deployment: strict"
                                + " decoding error: unknown field \"spec.foo\", duplicate field"
                                + " \"spec.replicas\", unknown field"
                                + " \"spec.template.spec.containers[0].imagee\"");
        assertThat(decoder.decode(bytes(body), "", DEPLOYMENT, FieldValidation.WARN))
                .isInstanceOfSatisfying(
                        Decoded.Body.class,
                        read -> {
                            assertThat(read.warnings())
                                    .containsExactly(
                                            "unknown field \"spec.foo\"",
                                            "duplicate field \"spec.replicas\"",
                                            "unknown field"
                                                    + " \"spec.template.spec.containers[0].imagee\"");
                            assertThat(read.tree().at("/spec/replicas").asInt()).isEqualTo(2);
                            assertThat(read.tree().at("/spec").has("foo")).isFalse();
                        });
    }

    @Test
    void namesWrongTypesAsGoDoes() {
        assertThat(mistyped("{\"spec\":{\"replicas\":\"three\"}}", DEPLOYMENT))
                .isEqualTo(
                        "json: cannot unmarshal string into Go struct field"
                                + " DeploymentSpec.spec.replicas of type int32");
        assertThat(mistyped("{\"data\":{\"a\":1}}", CONFIG_MAP))
                .isEqualTo(
                        "json: cannot unmarshal number into Go struct field ConfigMap.data of type"
                                + " string");
        assertThat(mistyped("{\"spec\":{\"containers\":{}}}", POD))
                .isEqualTo(
                        "json: cannot unmarshal object into Go struct field PodSpec.spec.containers"
                                + " of type []v1.Container");
        assertThat(mistyped("{\"metadata\":{\"labels\":[]}}", POD))
                .isEqualTo(
                        "json: cannot unmarshal array into Go struct field"
                                + " ObjectMeta.metadata.labels of type map[string]string");
        assertThat(
                        mistyped(
                                "{\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"x\"}}}]}}",
                                POD))
                .startsWith("quantities must match the regular expression");
        assertThat(
                        mistyped(
                                "{\"spec\":{\"containers\":[{\"livenessProbe\":{\"tcpSocket\":{\"port\":{}}}}]}}",
                                POD))
                .isEqualTo(
                        "json: cannot unmarshal object into Go struct field"
                                + " TCPSocketAction.spec.containers.livenessProbe.ProbeHandler.tcpSocket.port"
                                + " of type int32");
        assertThat(mistyped("{\"metadata\":{\"creationTimestamp\":true}}", POD))
                .isEqualTo(
                        "json: cannot unmarshal bool into Go struct field"
                                + " ObjectMeta.metadata.creationTimestamp of type string");
    }

    @Test
    void namesSyntaxErrorsAsGoDoes() {
        assertThat(refusal("{\"kind\": \"Pod\",}", POD, FieldValidation.WARN))
                .isEqualTo(
                        "the object provided is unrecognized (must be of type Pod): couldn't get"
                                + " version/kind; json parse error: invalid character '}' looking for"
                                + " beginning of object key string ({\"kind\": \"Pod\",})");
        assertThat(refusal("", POD, FieldValidation.WARN))
                .endsWith("json parse error: unexpected end of JSON input (<empty>)");
        assertThat(refusal("nope", POD, FieldValidation.WARN))
                .endsWith("invalid character 'o' in literal null (expecting 'u') (6e6f7065)");
    }

    @Test
    void survivesHostileNesting() {
        assertThat(refusal("{\"a\":" + "[".repeat(200_000), POD, FieldValidation.WARN))
                .contains("exceeded max depth");
        assertThat(
                        decoder.decode(
                                bytes("a: " + "[".repeat(20_000)),
                                "application/yaml",
                                POD,
                                FieldValidation.WARN))
                .isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void refusesOtherKinds() {
        assertThat(refusal("{\"kind\":\"Chair\",\"apiVersion\":\"v1\"}", POD, FieldValidation.WARN))
                .isEqualTo(
                        "Chair in version \"v1\" cannot be handled as a Pod: no kind \"Chair\" is"
                                + " registered for version \"v1\" in scheme"
                                + " \"pkg/api/legacyscheme/scheme.go:30\"");
        assertThat(
                        refusal(
                                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}",
                                POD,
                                FieldValidation.STRICT))
                .isEqualTo(
                        "Secret in version \"v1\" cannot be handled as a Pod: converting"
                                + " (v1.Secret) to (core.Pod): unknown conversion");
    }

    @Test
    void readsYaml() {
        Decoded decoded =
                decoder.decode(
                        bytes(
                                """
                                apiVersion: v1
                                kind: ConfigMap
                                metadata: {name: a}
                                data:
                                  on: "yes"
                                  text: |
                                    two
                                    lines
                                immutable: yes
                                """),
                        "application/yaml",
                        CONFIG_MAP,
                        FieldValidation.STRICT);
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Body.class,
                        read ->
                                assertThat(read.tree().toString())
                                        .isEqualTo(
                                                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},"
                                                        + "\"data\":{\"on\":\"yes\",\"text\":\"two\\nlines\\n\"},\"immutable\":true}"));
    }

    @Test
    void readsJsonWhereYamlIsAnnounced() {
        assertThat(
                        decoder.decode(
                                bytes("{\"data\":{\"path\":\"a\\/b\"}}"),
                                "application/yaml",
                                CONFIG_MAP,
                                FieldValidation.STRICT))
                .isInstanceOfSatisfying(
                        Decoded.Body.class,
                        read ->
                                assertThat(read.tree().at("/data/path").asString())
                                        .isEqualTo("a/b"));
    }

    @Test
    void refusesUnknownMediaTypes() {
        assertThat(decoder.decode(bytes("x"), "text/plain", POD, FieldValidation.WARN))
                .isInstanceOfSatisfying(
                        Decoded.Refused.class,
                        refused ->
                                assertThat(refused.why().message())
                                        .startsWith(
                                                "the body of the request was in an unknown format"));
    }

    private String tree(String body, GroupVersionKind kind) {
        return switch (decoder.decode(
                bytes(body), "application/json", kind, FieldValidation.STRICT)) {
            case Decoded.Body(var tree, _) -> JsonMapper.shared().writeValueAsString(tree);
            case Decoded.Refused(var why) -> throw new AssertionError(why.message());
        };
    }

    private String mistyped(String body, GroupVersionKind kind) {
        String prefix =
                "%s in version \"%s\" cannot be handled as a %s: "
                        .formatted(kind.kind(), kind.version(), kind.kind());
        String message = refusal(body, kind, FieldValidation.STRICT);
        assertThat(message).startsWith(prefix);
        return message.substring(prefix.length());
    }

    private String refusal(String body, GroupVersionKind kind, FieldValidation validation) {
        return switch (decoder.decode(bytes(body), "application/json", kind, validation)) {
            case Decoded.Body(var tree, _) -> throw new AssertionError("accepted " + tree);
            case Decoded.Refused(var why) -> why.message();
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
