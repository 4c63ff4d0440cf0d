package dev.gantry.gateway.shell;

import dev.gantry.gateway.shell.http.Listener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway on a port of loopback, with an authority of its own, for the length of a test. */
final class RunningGateway implements AutoCloseable {
    final FakeBackend backend = new FakeBackend();
    final TestPki pki;
    private final String[] args;
    private ConfigurableApplicationContext context;

    RunningGateway(Path folder, String... more) throws Exception {
        pki = new TestPki(folder);
        List<String> all = new ArrayList<>(List.of(more));
        all.add("--gantry.pki.dir=" + folder);
        all.add("--gantry.gateway.addresses=127.0.0.1");
        all.add("--gantry.gateway.change-feed=false");
        all.add("--gantry.gateway.port=0");
        args = all.toArray(String[]::new);
        context = GatewayMain.start(Optional.of(backend), args);
    }

    /** What is stored is read again. */
    void restart() {
        context.close();
        context = GatewayMain.start(Optional.of(backend), args);
    }

    SSLContext admin() throws Exception {
        return pki.clientOf("CN=admin,O=system:masters");
    }

    HttpResponse<String> get(SSLContext tls, String path) throws IOException, InterruptedException {
        return client(tls).send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(SSLContext tls, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client(tls).send(request, BodyHandlers.ofString());
    }

    static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    URI uri(String path) {
        return URI.create("https://127.0.0.1:" + port() + path);
    }

    int port() {
        return context.getBean(Listener.class).port();
    }

    @Override
    public void close() {
        context.close();
    }
}
