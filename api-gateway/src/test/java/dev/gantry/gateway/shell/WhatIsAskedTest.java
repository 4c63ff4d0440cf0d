package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that hope to be judged as one thing and served as another, and odd ones. */
@Timeout(180)
class WhatIsAskedTest {
    private static final String PODS = "/api/v1/namespaces/apps/pods";
    private static final String UPGRADE =
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @TempDir static Path folder;

    private static RunningGateway gateway;
    private static SSLContext reader;

    /** One for all: no request here leaves anything behind. */
    @BeforeAll
    static void start() throws Exception {
        gateway = new RunningGateway(folder);
        gateway.grant("User", "jane", "*", "get,list,watch");
        gateway.grant("User", "lister", "*", "list");
        gateway.backend.put(
                PODS + "/p",
                """
                        {"kind":"Pod","metadata":{"name":"p","namespace":"apps"},
                         "spec":{"nodeName":"n1","containers":[{"name":"a"}]}}
                        """);
        gateway.restart();
        reader = gateway.pki.clientOf("CN=jane");
        Patience.await()
                .untilAsserted(
                        () -> assertThat(gateway.get(reader, PODS).statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/namespaces/apps/pods/p/exec?command=sh&stdout=true&watch=true",
                "GET /api/v1/namespaces/apps/pods/p/exec?command=sh&stdout=true&%77atch=true",
                "GET /api/v1/namespaces/apps/pods/p/attach?stdin=true&watch=1",
                "GET /api/v1/namespaces/apps/pods/p/portforward?ports=80&watch",
                "GET /api/v1/namespaces/apps/pods/p/exec?command=sh&stdout=true",
                "PUT /api/v1/namespaces/apps/pods/p/exec?command=sh&stdout=true",
                "GET /asof/5/api/v1/namespaces/apps/pods/p/exec?command=sh&stdout=true",
                "GET /api/v1/watch/namespaces/apps/pods/p/exec?command=sh&stdout=true",
                "GET /api/v1/watch/namespaces/apps/pods/p/attach?stdout=true"
            })
    void readersOpenNoConnectionIntoAContainer(String request) throws Exception {
        String[] parts = request.split(" ");
        String answer = raw(reader, parts[0] + " " + parts[1] + " HTTP/1.1\r\n" + UPGRADE);
        assertThat(answer).startsWith("HTTP/1.1 4");
        boolean isPlainExec = !parts[1].contains("/watch/") && !parts[1].startsWith("/asof");
        if (isPlainExec) {
            assertThat(answer).contains("403").contains("cannot");
        }
    }

    @Test
    void aWatchThatIsNotWantedIsAListToBoth() throws Exception {
        SSLContext lister = gateway.pki.clientOf("CN=lister");
        assertThat(gateway.get(lister, PODS + "?watch=true").body()).contains("cannot watch");
        assertThat(gateway.get(lister, PODS + "?w%61tch=true").body()).contains("cannot watch");
        assertThat(gateway.get(lister, PODS + "?watch=False").body()).contains("\"List\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "WATCH", "GETT", "TRACE"})
    void unknownMethodsAreNoVerbs(String method) throws Exception {
        String line = method + " " + PODS + " HTTP/1.1\r\n";
        assertThat(raw(reader, line)).contains("403");
        assertThat(raw(gateway.admin(), line)).contains("405").contains("MethodNotAllowed");
        assertThat(raw(gateway.admin(), method + " /version HTTP/1.1\r\n")).contains("405");
    }

    @Test
    void unknownVersionsOfHttpAreAnswered() throws Exception {
        assertThat(raw(reader, "GET /version HTTP/9.9\r\n")).contains(" 505 ");
    }

    @Test
    void aGroupWithoutAUserIsTheClientsMistake() throws Exception {
        String answer =
                raw(gateway.admin(), "GET " + PODS + " HTTP/1.1\r\nImpersonate-Group: dev\r\n");
        assertThat(answer)
                .contains(" 400 ")
                .contains("without impersonating a user name")
                .contains("BadRequest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PODS + "/p:80/proxy/%7F",
                PODS + "/%7F/proxy/",
                PODS + "/p:80/proxy/a?b=%7F&c={|}",
                "/api/v1/namespaces/%7F/services/%7F:%7F/proxy/%7F",
                "/api/v1/nodes/%7F/proxy/%7F%00"
            })
    void oddPathsBehindAProxyBreakNothing(String path) throws Exception {
        String answer = raw(gateway.admin(), "GET " + path + " HTTP/1.1\r\n");
        assertThat(answer).containsPattern("HTTP/1.1 (4..|503) ").doesNotContain("HTTP/1.1 500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi/../api/v1/secrets",
                "/api//v1/secrets",
                "/api/v1/./secrets",
                "//x"
            })
    void pathsThatSomeWouldTidyUpLeadNowhere(String path) throws Exception {
        int before = gateway.backend.callsOf("admin").size();
        assertThat(raw(gateway.admin(), "GET " + path + " HTTP/1.1\r\n")).contains(" 404 ");
        assertThat(gateway.backend.callsOf("admin")).hasSize(before);
    }

    @Test
    void aTokenMayEndLongAfterTheEndOfTime() throws Exception {
        gateway.backend.put(
                "/api/v1/namespaces/apps/serviceaccounts/robot",
                "{\"kind\":\"ServiceAccount\",\"metadata\":{\"uid\":\"u1\"}}");
        for (Instant end : new Instant[] {Instant.MAX, Instant.ofEpochSecond(1L << 50)}) {
            String token = gateway.pki.token("apps", "robot", "u1", end);
            assertThat(withToken(token).statusCode()).isEqualTo(200);
        }
        String over = gateway.pki.token("apps", "robot", "u1", Instant.MIN);
        assertThat(withToken(over).statusCode()).isEqualTo(401);
    }

    @Test
    void certificatesThatAreNotForClientsProveNothing() throws Exception {
        Duration hour = Duration.ofHours(1);
        String admin = "CN=admin,O=system:masters";
        SSLContext silent = gateway.pki.client(gateway.pki.sign(admin, hour, new KeyPurposeId[0]));
        SSLContext server =
                gateway.pki.client(gateway.pki.sign(admin, hour, KeyPurposeId.id_kp_serverAuth));
        SSLContext client =
                gateway.pki.client(gateway.pki.sign(admin, hour, KeyPurposeId.id_kp_clientAuth));
        assertThat(gateway.get(silent, PODS).statusCode()).isEqualTo(401);
        assertThat(gateway.get(server, PODS).statusCode()).isEqualTo(401);
        assertThat(gateway.get(client, PODS).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> withToken(String token) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri("/version"))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return RunningGateway.client(gateway.pki.anonymousClient())
                .send(request, BodyHandlers.ofString());
    }

    /** Sends lines as they are, and reads until the connection ends or the answer is whole. */
    private String raw(SSLContext tls, String lines) throws Exception {
        try (var socket = tls.getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            String head = lines + "Host: gateway\r\nConnection: close\r\n\r\n";
            if (lines.contains("Upgrade")) {
                head = lines + "Host: gateway\r\n\r\n";
            }
            socket.getOutputStream().write(head.getBytes(UTF_8));
            var answer = new StringBuilder();
            byte[] some = new byte[4096];
            while (!answer.toString().contains("\"code\"")) {
                int read = socket.getInputStream().read(some);
                if (read < 0) {
                    break;
                }
                answer.append(new String(some, 0, read, UTF_8));
            }
            return answer.toString();
        }
    }
}
