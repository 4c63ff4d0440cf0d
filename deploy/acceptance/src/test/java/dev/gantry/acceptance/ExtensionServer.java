package dev.gantry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.local.pki.Authority;
import dev.gantry.local.pki.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Serves {@code chairs} of the group {@code furniture.example.com} to the front proxy, as an
 * extension server in a pod would. The one chair that there is has the name of who asks.
 */
final class ExtensionServer implements AutoCloseable {
    static final String ROOT = "/apis/furniture.example.com/v1";

    private static final String RESOURCES =
            """
            {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"furniture.example.com/v1",
             "resources":[{"name":"chairs","singularName":"chair","namespaced":true,"kind":"Chair",
                           "verbs":["get","list"]}]}
            """;
    private static final String CHAIRS =
            """
            {"kind":"ChairList","apiVersion":"furniture.example.com/v1","metadata":{},"items":[
              {"kind":"Chair","apiVersion":"furniture.example.com/v1",
               "metadata":{"name":"of-%s","namespace":"%s"}}]}
            """;

    private final Path keys;
    private final String namespace;
    private final HttpsServer server;

    /**
     * @param keys an empty folder
     * @param frontProxy PEM of the authority of those who may say who asks
     * @param host the name of its Service
     */
    ExtensionServer(Path keys, String frontProxy, String namespace, String host)
            throws IOException, GeneralSecurityException {
        this.keys = keys;
        this.namespace = namespace;
        Authority.in(keys).issue(new Identity("server", "server", List.of(), List.of(host)));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(
                KeyMaterial.identity(
                        Pem.certificates(read("server.crt")), Pem.privateKey(read("server.key"))),
                new TrustManager[] {
                    KeyMaterial.trusting(Pem.certificates(frontProxy.getBytes(UTF_8)))
                },
                null);
        this.server = HttpsServer.create(new InetSocketAddress(0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters connection) {
                        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setNeedClientAuth(true);
                        connection.setSSLParameters(wanted);
                    }
                });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** As it is written into {@code caBundle}. */
    String authority() throws IOException {
        return Base64.getEncoder().encodeToString(read("ca.crt"));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private byte[] read(String file) throws IOException {
        return Files.readAllBytes(keys.resolve(file));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String user = exchange.getRequestHeaders().getFirst("X-Remote-User");
        boolean isProxy =
                ((HttpsExchange) exchange)
                        .getSSLSession()
                        .getPeerPrincipal()
                        .getName()
                        .equals("CN=front-proxy-client");
        String body =
                switch (path) {
                    case ROOT -> RESOURCES;
                    case String s when isProxy && s.endsWith("/chairs") ->
                            CHAIRS.formatted(user, namespace);
                    default -> "";
                };
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(
                body.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
