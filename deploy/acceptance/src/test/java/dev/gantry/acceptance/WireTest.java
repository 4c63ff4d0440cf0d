package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bytes on the wire, as curl sees them. */
@ExtendWith(Cluster.Shared.class)
final class WireTest {
    private static final byte[] ENVELOPE = "k8s\0".getBytes(StandardCharsets.ISO_8859_1);

    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    @TempDir Path folder;

    WireTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @Test
    void aClientWithoutCredentialsMayNotRead() {
        JsonNode status = curlAnonymous("/api/v1/namespaces/default/secrets");
        assertThat(status.path("code").asInt()).isIn(401, 403);
        assertThat(status.path("kind").asString()).isEqualTo("Status");
        assertThat(curlAnonymous("/version").path("gitVersion").asString()).startsWith("v1.36");
    }

    @Test
    void malformedBodiesAreRefusedWithAStatus() {
        String path = "/api/v1/namespaces/" + ns.name() + "/configmaps";
        expect(400, "BadRequest", curl("POST", path, "{\"apiVersion\":"));
        expect(
                400,
                "BadRequest",
                curl(
                        "POST",
                        path,
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"a\":1}}"));
        expect(
                400,
                "BadRequest",
                curl(
                        "POST",
                        path,
                        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"}}"));
        JsonNode strict =
                curl(
                        "POST",
                        path + "?fieldValidation=Strict",
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"datum\":{}}");
        expect(400, "BadRequest", strict);
        assertThat(strict.path("message").asString())
                .contains("strict decoding error: unknown field \"datum\"");
        expect(404, "NotFound", curl("GET", "/apis/nothing.dev/v1/things", ""));
        expect(405, "MethodNotAllowed", curl("PUT", path, "{}"));
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        Path big = folder.resolve("big.json");
        Files.writeString(
                big,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"big\"},\"data\":{\"a\":\""
                        + "x".repeat(4 << 20)
                        + "\"}}");
        JsonNode status =
                curl("POST", "/api/v1/namespaces/" + ns.name() + "/configmaps", "@" + big);
        assertThat(status.path("code").asInt()).isEqualTo(413);
    }

    @Test
    void staleWritesConflict() {
        ns.kubectl("create", "configmap", "a", "--from-literal=x=1");
        String path = "/api/v1/namespaces/" + ns.name() + "/configmaps/a";
        String stale = curl("GET", path, "").toString();
        ns.kubectl("patch", "configmap", "a", "-p", "{\"data\":{\"x\":\"2\"}}");
        JsonNode conflict = curl("PUT", path, stale);
        expect(409, "Conflict", conflict);
        assertThat(conflict.path("message").asString())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again");
    }

    @Test
    void watchesStartWithTheStateAndABookmarkWhereAsked() {
        ns.kubectl("create", "configmap", "first");
        String path =
                "/api/v1/namespaces/"
                        + ns.name()
                        + "/configmaps?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=2";
        // It ends by itself after two seconds, even if the server was kept from telling anything.
        Patience.await()
                .untilAsserted(
                        () -> {
                            List<JsonNode> events = events(path);
                            assertThat(events).anyMatch(WireTest::isOfFirst);
                            assertThat(events).anyMatch(WireTest::isEndOfInitialEvents);
                        });
    }

    private List<JsonNode> events(String path) {
        return curlText("GET", path, "").lines().map(JsonMapper.shared()::readTree).toList();
    }

    private static boolean isOfFirst(JsonNode event) {
        return event.at("/object/metadata/name").asString("").equals("first");
    }

    private static boolean isEndOfInitialEvents(JsonNode event) {
        JsonNode annotations = event.at("/object/metadata/annotations");
        return event.path("type").asString("").equals("BOOKMARK")
                && annotations.path("k8s.io/initial-events-end").asString("").equals("true");
    }

    @Test
    void aRevisionThatIsYetToComeIsWaitedForInVainAndANonsensicalPageIsRefused() {
        String path = "/api/v1/namespaces/" + ns.name() + "/configmaps";
        JsonNode early = curl("GET", path + "?resourceVersion=999999999", "");
        expect(504, "Timeout", early);
        assertThat(early.path("message").asString())
                .startsWith("Timeout: Too large resource version");
        expect(400, "BadRequest", curl("GET", path + "?limit=1&continue=nonsense", ""));
    }

    @Test
    void aProtobufBodyIsUnderstoodAndAnswered() throws Exception {
        ns.kubectl("create", "configmap", "typed", "--from-literal=a=b");
        String path = "/api/v1/namespaces/" + ns.name() + "/configmaps/typed";
        Path read = folder.resolve("read.pb");
        Path answer = folder.resolve("answer.pb");
        assertThat(protobuf("GET", path, List.of("-o", read.toString()))).isEqualTo("200");
        assertThat(Files.readAllBytes(read)).startsWith(ENVELOPE);
        byte[] changed =
                new String(Files.readAllBytes(read), StandardCharsets.ISO_8859_1)
                        .replace("\n\u0001a\u0012\u0001b", "\n\u0001a\u0012\u0001c")
                        .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(read, changed);
        List<String> body =
                List.of(
                        "-H",
                        "Content-Type: application/vnd.kubernetes.protobuf",
                        "--data-binary",
                        "@" + read,
                        "-o",
                        answer.toString());
        assertThat(protobuf("PUT", path, body)).isEqualTo("200");
        assertThat(Files.readAllBytes(answer)).startsWith(ENVELOPE);
        assertThat(ns.at("/data/a", "get", "configmap", "typed")).isEqualTo("c");
    }

    /** Returns the HTTP code. */
    private String protobuf(String method, String path, List<String> extra) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "-H",
                                "Accept: application/vnd.kubernetes.protobuf",
                                "-w",
                                "%{http_code}"));
        all.addAll(extra);
        return Cluster.run(curlCommand(method, path, all)).out();
    }

    private static void expect(int code, String reason, JsonNode status) {
        assertThat(status.path("kind").asString()).as(status.toString()).isEqualTo("Status");
        assertThat(status.path("code").asInt()).as(status.toString()).isEqualTo(code);
        assertThat(status.path("reason").asString()).as(status.toString()).isEqualTo(reason);
    }

    private JsonNode curl(String method, String path, String body) {
        return JsonMapper.shared().readTree(curlText(method, path, body));
    }

    private String curlText(String method, String path, String body) {
        List<String> extra =
                body.isEmpty()
                        ? List.of()
                        : List.of("-H", "Content-Type: application/json", "--data-binary", body);
        Cluster.Result result = Cluster.run(curlCommand(method, path, extra));
        assertThat(result.code()).as(result.text()).isZero();
        return result.out();
    }

    private JsonNode curlAnonymous(String path) {
        Path pki = cluster.home().resolve("pki");
        Cluster.Result result =
                Cluster.run(
                        List.of(
                                "curl",
                                "-s",
                                "--cacert",
                                pki.resolve("ca.crt").toString(),
                                server() + path));
        return JsonMapper.shared().readTree(result.out());
    }

    private List<String> curlCommand(String method, String path, List<String> extra) {
        Path pki = cluster.home().resolve("pki");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "curl",
                                "-s",
                                "-X",
                                method,
                                "--cacert",
                                pki.resolve("ca.crt").toString(),
                                "--cert",
                                pki.resolve("admin.crt").toString(),
                                "--key",
                                pki.resolve("admin.key").toString()));
        command.addAll(extra);
        command.add(server() + path);
        return command;
    }

    private static String server() {
        return "https://127.0.0.1:6485";
    }
}
