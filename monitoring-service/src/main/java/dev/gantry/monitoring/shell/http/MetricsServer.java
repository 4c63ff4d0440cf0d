package dev.gantry.monitoring.shell.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.model.request.Query;
import dev.gantry.monitoring.metrics.MetricsApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the metrics over HTTPS to the API server, which authenticated and authorized whoever asks,
 * and to nobody else: a client has to show the certificate of the front proxy.
 */
public final class MetricsServer implements AutoCloseable {
    /** Of the certificate. Compat: the name that kubeadm gives to the front proxy. */
    private static final String PROXY = "CN=front-proxy-client";

    private static final int BACKLOG = 50;

    private final HttpsServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final MetricsApi api;

    private MetricsServer(HttpsServer server, MetricsApi api) {
        this.server = server;
        this.api = api;
    }

    /**
     * @param pki the folder of {@code metrics-server.crt}, its key and {@code front-proxy-ca.crt}
     * @param port the system's choice where it is 0
     */
    public static MetricsServer open(MetricsApi api, Path pki, InetAddress address, int port)
            throws IOException, GeneralSecurityException {
        SSLContext tls = tls(pki);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(address, port), BACKLOG);
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setNeedClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
        var opened = new MetricsServer(server, api);
        server.createContext("/", opened::serve);
        server.setExecutor(opened.workers);
        server.start();
        return opened;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private static SSLContext tls(Path pki) throws IOException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(
                KeyMaterial.identity(
                        Pem.certificates(read(pki, "metrics-server.crt")),
                        Pem.privateKey(read(pki, "metrics-server.key"))),
                new TrustManager[] {
                    KeyMaterial.trusting(Pem.certificates(read(pki, "front-proxy-ca.crt")))
                },
                null);
        return tls;
    }

    private static byte[] read(Path pki, String file) throws IOException {
        return Files.readAllBytes(pki.resolve(file));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isProxy(exchange)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var uri = exchange.getRequestURI();
            MetricsApi.Reply reply =
                    api.answer(
                            exchange.getRequestMethod(),
                            uri.getPath(),
                            Query.parse(Optional.ofNullable(uri.getRawQuery()).orElse("")),
                            String.join(
                                    ",",
                                    exchange.getRequestHeaders()
                                            .getOrDefault("Accept", List.of())));
            byte[] body = JsonMapper.shared().writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.code(), isHead ? -1 : body.length);
            if (!isHead) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static boolean isProxy(HttpExchange exchange) throws IOException {
        return exchange instanceof HttpsExchange secure
                && secure.getSSLSession().getPeerPrincipal().getName().equals(PROXY);
    }
}
