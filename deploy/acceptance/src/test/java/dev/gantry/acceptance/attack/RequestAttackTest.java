package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that a thread could break on: each is answered at once, for what it is. */
@ExtendWith(Cluster.Shared.class)
final class RequestAttackTest {
    private static final int DEPTH = 100_000;
    private static final Pattern AUDIT_ID = Pattern.compile("(?i)audit-id: (\\S+)");

    @AutoClose private final TestNamespace ns;
    @AutoClose private final Attacker user;
    private final Cluster cluster;
    private final String configMaps;

    RequestAttackTest(Cluster cluster) throws Exception {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        user = Attacker.account(cluster, ns, "user");
        configMaps = "/api/v1/namespaces/" + ns.name() + "/configmaps";
        ns.kubectl(
                "create",
                "rolebinding",
                "user",
                "--clusterrole=admin",
                "--serviceaccount=" + ns.name() + ":user");
        TestNamespace.eventually(() -> user.answer("GET " + configMaps).startsWith("HTTP/1.1 200"));
    }

    @Test
    void deepNestingIsRefusedInEveryForm() throws Exception {
        String arrays = "[".repeat(DEPTH) + "]".repeat(DEPTH);
        String objects = "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH);
        String victim = configMaps + "/kube-root-ca.crt";
        for (String deep : new String[] {arrays, objects}) {
            String body =
                    """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"deep"},"data":%s}"""
                            .formatted(deep);
            refused("POST " + configMaps, "application/json", body);
            refused("POST " + configMaps, "application/yaml", body);
            refused("PUT " + victim, "application/json", body);
            refused("PATCH " + victim, "application/merge-patch+json", body);
            refused("PATCH " + victim, "application/strategic-merge-patch+json", body);
            refused(
                    "PATCH " + victim,
                    "application/json-patch+json",
                    "[{\"op\":\"add\",\"path\":\"/data/a\",\"value\":" + deep + "}]");
            refused(
                    "PATCH " + victim + "?fieldManager=m&force=true",
                    "application/apply-patch+yaml",
                    body);
        }
        assertThat(user.answer("GET " + victim)).startsWith("HTTP/1.1 200");
    }

    /** Discovery has no form of its own in protobuf but upstream's, and no thread waits for one. */
    @Test
    void everyDocumentIsAnsweredInEveryForm() throws Exception {
        for (String form : new String[] {"vnd.kubernetes.protobuf", "json", "yaml", "cbor"}) {
            for (String path :
                    new String[] {"/api", "/apis", "/api/v1", "/apis/apps", "/apis/apps/v1"}) {
                String answer = user.answer("GET " + path, "Accept: application/" + form);
                assertThat(answer).as(path + " as " + form).matches("(?s)HTTP/1.1 (200|406) .*");
                if (form.equals("vnd.kubernetes.protobuf")) {
                    assertThat(answer.toLowerCase(Locale.ROOT))
                            .startsWith("http/1.1 200")
                            .contains("content-type: application/vnd.kubernetes.protobuf");
                }
            }
        }
    }

    @Test
    void strangeCharactersInAProxysPathAreTheBackendsAffair() throws Exception {
        ns.fileServer("honest");
        String pod = "/api/v1/namespaces/" + ns.name() + "/pods/honest:8080/proxy/";
        TestNamespace.eventually(() -> user.answer("GET " + pod + "a").contains("200 OK"));
        for (String path :
                new String[] {
                    "%7F",
                    "%00",
                    "%0d%0aX-A:%20b",
                    "%ff%fe",
                    "%25",
                    "a%20b",
                    "%c3%28",
                    "|",
                    "[",
                    "%5C"
                }) {
            assertThat(user.answer("GET " + pod + path))
                    .as(path)
                    .matches("(?s)HTTP/1.1 4\\d\\d .*");
        }
        assertThat(user.answer("GET " + pod + "a")).startsWith("HTTP/1.1 200");
    }

    @Test
    void tokensWithStrangeTimesProveNothing() throws Exception {
        for (String time : new String[] {"99999999999999999999", "1e400", "-1", "\"x\"", "{}"}) {
            String claims = "{\"exp\":%1$s,\"nbf\":%1$s,\"iat\":%1$s}".formatted(time);
            String forged = "%s.%s.c2ln".formatted(base64("{\"alg\":\"RS256\"}"), base64(claims));
            try (Attacker liar = Attacker.bearer(cluster, forged)) {
                assertThat(liar.answer("GET /api")).as(time).startsWith("HTTP/1.1 401");
            }
        }
        String asked =
                """
                {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest",\
                "spec":{"expirationSeconds":9223372036854775807}}""";
        String path = "/api/v1/namespaces/" + ns.name() + "/serviceaccounts/user/token";
        assertThat(user.answerTo("POST " + path, "application/json", asked))
                .startsWith("HTTP/1.1 422");
    }

    /** With an answer of its own, and a line in the audit log. */
    private void refused(String line, String contentType, String body) throws Exception {
        String answer = user.answerTo(line, contentType, body);
        assertThat(answer).as(line + " " + contentType).matches("(?s)HTTP/1.1 4(00|13|22) .*");
        Matcher id = AUDIT_ID.matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        TestNamespace.eventually(
                () ->
                        Files.readString(cluster.home().resolve("logs/audit.log"))
                                .contains(id.group(1)));
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
