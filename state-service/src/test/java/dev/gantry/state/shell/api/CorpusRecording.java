package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Asks a real API server the corpus, and writes down its answers: {@code -Dtest=CorpusRecording
 * -Dgantry.reference=https://HOST:PORT -Dgantry.reference.token=TOKEN}. It must be an empty one of
 * Kubernetes v1.36, without controllers; its user {@code admin} has the uid {@code admin-uid} and
 * is a member of {@code system:masters}. For podgroups and workloads it serves {@code
 * scheduling.k8s.io/v1alpha2}, with the feature gates GenericWorkload and GangScheduling on.
 */
@EnabledIfSystemProperty(named = "gantry.reference", matches = "https://.+")
class CorpusRecording {
    private final String server = System.getProperty("gantry.reference");
    private final String token = System.getProperty("gantry.reference.token");
    private final String only = System.getProperty("gantry.corpus", "");
    private final HttpClient client = client();

    @Test
    void writesDownTheAnswers() throws Exception {
        post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"corpus\"}}");
        post("/api/v1/namespaces/corpus/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        for (Corpus corpus : Corpus.all()) {
            if (!only.isEmpty() && !List.of(only.split(",")).contains(corpus.name())) {
                continue;
            }
            StringBuilder answers = new StringBuilder();
            String revision = "";
            for (Corpus.Exchange each : corpus.exchanges()) {
                HttpResponse<Stream<String>> answer = send(each.after(revision));
                String warnings = String.join(", ", answer.headers().allValues("warning"));
                String body = body(each, answer);
                boolean isGet = each.method().equals("GET");
                revision = newer(revision, isGet ? Masked.revisionOfList(body) : "");
                Masked masked = Masked.of(each.title(), answer.statusCode(), warnings, body);
                answers.append("=== ").append(each.title()).append('\n');
                answers.append(masked.written()).append('\n');
            }
            assertThat(answers.toString()).isNotEmpty();
            Files.writeString(corpus.answers(), answers);
        }
    }

    private void post(String path, String body) throws Exception {
        Corpus.Exchange made =
                new Corpus.Exchange("", "POST", path, "application/json", "application/json", body);
        send(made).body().close();
    }

    private static String newer(String known, String found) {
        return found.isEmpty() ? known : found;
    }

    private static String body(Corpus.Exchange exchange, HttpResponse<Stream<String>> answer) {
        try (Stream<String> lines = answer.body()) {
            if (!exchange.isWatch() || answer.statusCode() != 200) {
                return lines.collect(Collectors.joining("\n"));
            }
            WatchedEvents events = new WatchedEvents();
            Iterator<String> each = lines.iterator();
            boolean goesOn = true;
            while (goesOn && each.hasNext()) {
                goesOn = events.hear(each.next());
            }
            return events.text();
        }
    }

    private HttpResponse<Stream<String>> send(Corpus.Exchange exchange) throws Exception {
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

    private static HttpClient client() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (java.security.GeneralSecurityException noTls) {
            throw new IllegalStateException(noTls);
        }
    }

    /** The server signs its certificate itself. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
