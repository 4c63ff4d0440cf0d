package dev.gantry.gateway.shell;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server outside of the platform, with a certificate of the authority in a folder. */
final class TestWebhook implements AutoCloseable {
    /** What its clients have to show. */
    static final String TOKEN = "let-me-ask";

    private final Path folder;
    private final HttpsServer server;

    TestWebhook(Path folder) throws Exception {
        this.folder = folder;
        TestPki pki = new TestPki(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(pki.client(pki.sign("CN=hook", Duration.ofHours(1)))));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Returns the kubeconfig by which a client finds what is answered here. */
    Path serve(String path, HttpHandler answer) throws IOException {
        server.createContext("/" + path, answer);
        byte[] authority = Files.readAllBytes(folder.resolve("ca.crt"));
        return Files.writeString(
                folder.resolve(path + ".kubeconfig"),
                """
                {"current-context": "c",
                 "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
                 "users": [{"name": "u", "user": {"token": "%s"}}],
                 "clusters": [{"name": "c", "cluster": {
                    "server": "%s",
                    "certificate-authority-data": "%s"}}]}
                """
                        .formatted(
                                TOKEN, url(path), Base64.getEncoder().encodeToString(authority)));
    }

    String url(String path) {
        return "https://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
    }

    static JsonNode read(HttpExchange exchange) throws IOException {
        return JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    }

    static void send(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
