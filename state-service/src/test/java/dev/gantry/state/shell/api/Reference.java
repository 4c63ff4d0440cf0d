package dev.gantry.state.shell.api;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A real API server of Kubernetes v1.36, which says what is right: {@code
 * -Dgantry.reference=https://HOST:PORT -Dgantry.reference.token=TOKEN}. Its user {@code admin} has
 * the uid {@code admin-uid} and is a member of {@code system:masters}.
 */
final class Reference {
    static final String PROPERTY = "gantry.reference";

    private final String server = System.getProperty(PROPERTY);
    private final String token = System.getProperty("gantry.reference.token");
    private final HttpClient client = client();

    HttpResponse<Stream<String>> send(Corpus.Exchange exchange)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server + exchange.path()))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", exchange.accept())
                        .header("User-Agent", Corpus.USER_AGENT)
                        .header("Content-Type", exchange.type())
                        .method(
                                exchange.method(),
                                HttpRequest.BodyPublishers.ofString(exchange.body()))
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
    }

    /** What is there already stays as it is. */
    void post(String path, String body) throws IOException, InterruptedException {
        send(Corpus.Exchange.post(path, body)).body().close();
    }

    /** With the account that a controller would make, where one is at work. */
    void makeNamespace(String name) throws IOException, InterruptedException {
        post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        post(
                "/api/v1/namespaces/" + name + "/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"}}");
    }

    private static HttpClient client() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (GeneralSecurityException noTls) {
            throw new IllegalStateException(noTls);
        }
    }

    /** The server signs its certificate itself. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
