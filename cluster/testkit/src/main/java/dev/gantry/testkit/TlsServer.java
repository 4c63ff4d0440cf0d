package dev.gantry.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

/**
 * A real TLS server on loopback that answers {@code {}} to everything and remembers who asked. Its
 * certificate, which signed itself, is the one client certificate that it takes, too.
 */
public final class TlsServer implements AutoCloseable {
    private final SelfSigned keys;
    private final HttpsServer server;
    private final List<Caller> callers = new CopyOnWriteArrayList<>();

    /** Empty texts where a request had no such header, or its connection no such certificate. */
    public record Caller(String authorization, String certificate) {}

    /**
     * @param folder where its key may lie
     */
    public TlsServer(Path folder) throws IOException, GeneralSecurityException {
        keys = SelfSigned.make(folder, "CN=somebody");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = context();
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters connection) {
                        SSLParameters wanted = context.getDefaultSSLParameters();
                        wanted.setWantClientAuth(true);
                        connection.setSSLParameters(wanted);
                    }
                });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who asked, in the order of their requests. */
    public List<Caller> callers() {
        return callers;
    }

    public String certificatePem() throws GeneralSecurityException {
        return keys.certificatePem();
    }

    public String keyPem() throws GeneralSecurityException {
        return keys.keyPem();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        callers.add(
                new Caller(
                        authorization == null ? "" : authorization,
                        certificate((HttpsExchange) exchange)));
        exchange.getRequestBody().readAllBytes();
        byte[] body = "{}".getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String certificate(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException none) {
            return "";
        }
    }

    private SSLContext context() throws GeneralSecurityException {
        var shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(keys.store(), SelfSigned.PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trustStore());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private KeyStore trustStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    SelfSigned.NAME, keys.store().getCertificate(SelfSigned.NAME));
            return store;
        } catch (IOException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }
}
