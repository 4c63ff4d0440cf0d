package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.shell.http.UnauthenticatedConnections.Limits;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks an agent by a token, as Prometheus and metrics-server do. */
class TokenClientsTest {
    private static final String[] WEBSOCKET = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: v4.channel.k8s.io"
    };

    @TempDir Path folder;

    @AutoClose private ReviewingApi api;
    private BareServer server;

    @BeforeEach
    void start() throws IOException {
        api = new ReviewingApi();
        serve(Limits.DEFAULT);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void readWhatTheApiLetsThemRead() throws Exception {
        api.allow("prometheus", "get", "metrics");
        for (String path :
                new String[] {
                    "/metrics", "/metrics/cadvisor", "/metrics/probes", "/metrics/resource"
                }) {
            assertThat(get(path, "prometheus")).as(path).startsWith("HTTP/1.1 200");
        }
        assertThat(get("/stats/summary", "prometheus"))
                .startsWith("HTTP/1.1 403")
                .endsWith(
                        "Forbidden (user=prometheus, verb=get, resource=nodes, subresource(s)=[stats])\n");
        assertThat(get("/pods", "prometheus"))
                .endsWith(
                        "Forbidden (user=prometheus, verb=get, resource=nodes, subresource(s)=[pods proxy])\n");
        assertThat(get("/containerLogs/default/web/main", "prometheus")).startsWith("HTTP/1.1 403");
    }

    @Test
    void needTheWholeProxyOnlyForWhatHasNoRightOfItsOwn() throws Exception {
        api.allow("operator", "get", "proxy");
        api.allow("reader", "get", "pods");
        assertThat(get("/pods", "reader")).startsWith("HTTP/1.1 200");
        assertThat(get("/pods", "operator")).startsWith("HTTP/1.1 200");
        assertThat(get("/metrics", "operator")).startsWith("HTTP/1.1 403");
        assertThat(get("/containerLogs/default/web/main", "operator")).startsWith("HTTP/1.1 404");
        assertThat(get("/containerLogs/default/web/main", "reader")).startsWith("HTTP/1.1 403");
    }

    @Test
    void runNothingByReading() throws Exception {
        String exec = "/exec/default/web/main?command=id&stdout=true";
        api.allow("reader", "get", "proxy");
        assertThat(ask("GET", exec, "reader", WEBSOCKET))
                .startsWith("HTTP/1.1 403")
                .endsWith(
                        "Forbidden (user=reader, verb=create, resource=nodes, subresource(s)=[proxy])\n");
        assertThat(ask("POST", exec, "reader")).startsWith("HTTP/1.1 403");
        assertThat(ask("DELETE", "/localVolumes/pvc-1", "reader")).startsWith("HTTP/1.1 403");

        api.allow("operator", "get", "proxy");
        api.allow("operator", "create", "proxy");
        assertThat(ask("GET", exec, "operator", WEBSOCKET))
                .endsWith("pod \"default/web\" not found\n");
        assertThat(ask("DELETE", "/localVolumes/pvc-1", "operator")).startsWith("HTTP/1.1 403");
    }

    @Test
    void areNobodyWithoutAGoodOne() throws Exception {
        try (SSLSocket socket = server.nobody()) {
            send(socket, "GET", "/metrics", "stranger");
            assertThat(readAll(socket))
                    .as("the answer, and then the end")
                    .startsWith("HTTP/1.1 401")
                    .endsWith("Unauthorized\n");
        }
        assertThat(get("/metrics", "")).startsWith("HTTP/1.1 401");
        assertThat(get("/healthz", "stranger")).startsWith("HTTP/1.1 200");
    }

    @Test
    void areNotLetInWhileTheApiDoesNotSay() throws Exception {
        api.allow("prometheus", "get", "metrics");
        api.stopAnsweringRights();
        assertThat(get("/metrics", "prometheus"))
                .startsWith("HTTP/1.1 500")
                .endsWith(
                        "Authorization error (user=prometheus, verb=get, resource=nodes, subresource(s)=[metrics])\n");
        server.close();
        server = new BareServer(folder, ReviewingApi.away(), Limits.DEFAULT);
        assertThat(get("/metrics", "prometheus")).startsWith("HTTP/1.1 401");
    }

    @Test
    void keepTheirConnectionOnceTheyAskedWhatTheyMay() throws Exception {
        server.close();
        serve(new Limits(128, 64, Duration.ofSeconds(2)));
        api.allow("prometheus", "get", "metrics");
        // On a busy machine two seconds may be over before a first request is.
        SSLSocket kept =
                Patience.await()
                        .ignoreExceptions()
                        .until(
                                () -> connection("prometheus", "HTTP/1.1 200"),
                                found -> found != null);
        SSLSocket forbidden =
                Patience.await()
                        .ignoreExceptions()
                        .until(() -> connection("anybody", "HTTP/1.1 403"), found -> found != null);
        Socket silent = server.connect();
        assertThat(readAll(silent)).isEmpty();
        assertThat(readAll(forbidden)).as("nothing follows the answer").isEmpty();

        send(kept, "GET", "/metrics", "prometheus", "Connection: close");
        assertThat(readAll(kept)).contains("HTTP/1.1 200");
    }

    private void serve(Limits limits) throws IOException {
        server = new BareServer(folder, api.access(), limits);
    }

    /** One whose first request was answered like that; all of its body is read. */
    private SSLSocket connection(String token, String expected) throws IOException {
        SSLSocket socket = server.nobody();
        send(socket, "GET", "/metrics/probes", token);
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended after " + head);
            }
            head.append((char) next);
        }
        assertThat(head.toString()).startsWith(expected);
        int length =
                head.toString()
                        .lines()
                        .filter(each -> each.startsWith("content-length: "))
                        .mapToInt(each -> Integer.parseInt(each.substring(16)))
                        .findFirst()
                        .orElseThrow();
        assertThat(socket.getInputStream().readNBytes(length)).hasSize(length);
        return socket;
    }

    private String get(String path, String token) throws IOException {
        return ask("GET", path, token);
    }

    /** The whole answer. */
    private String ask(String method, String path, String token, String... headers)
            throws IOException {
        try (SSLSocket socket = server.nobody()) {
            var all = new String[headers.length + 1];
            all[0] = "Connection: close";
            System.arraycopy(headers, 0, all, 1, headers.length);
            send(socket, method, path, token, all);
            return readAll(socket);
        }
    }

    private static void send(
            Socket socket, String method, String path, String token, String... headers)
            throws IOException {
        var text = new StringBuilder("%s %s HTTP/1.1\r\nHost: node\r\n".formatted(method, path));
        if (!token.isEmpty()) {
            text.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (String each : headers) {
            text.append(each).append("\r\n");
        }
        socket.getOutputStream().write(text.append("\r\n").toString().getBytes(US_ASCII));
    }

    /** What comes until the server ends the connection, by whatever means. */
    private static String readAll(Socket socket) throws IOException {
        var text = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                text.append((char) next);
            }
        } catch (SocketTimeoutException open) {
            throw open;
        } catch (IOException reset) {
            return text.toString();
        }
        return text.toString();
    }
}
