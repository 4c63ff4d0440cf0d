package dev.gantry.agent.shell.probe;

import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/**
 * One GET of a container; for a probe, any answer from 200 to 399 is good.
 *
 * <p>Compat: certificates are not checked: it is asked whether the container serves, not who it is.
 * A redirect is followed on the same host only: a container does not send the node elsewhere.
 */
final class HttpProbe {
    private static final int FIRST_GOOD = 200;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_BAD = 400;
    private static final int WORDS_LIMIT = 1024;
    private static final int MAX_REQUESTS = 10;

    /** What the JDK says of an answer that is not TLS. */
    private static final String PLAIN_TEXT = "Unsupported or unrecognized SSL message";

    private final OkHttpClient client = client();

    ProbeOutcome ask(JsonNode get, Target target, Duration limit) {
        return outcome(get, target, url -> judged(request(url, get, "kube-probe/1.36"), limit));
    }

    /**
     * As a container's hook. Compat: {@code pkg/kubelet/lifecycle/handlers.go}: whatever the answer
     * is, it is one; and who does not speak TLS after all is asked without.
     */
    ProbeOutcome call(JsonNode get, Target target, Duration limit) {
        return outcome(
                get,
                target,
                url -> {
                    Request request = request(url, get, "kube-lifecycle/1.36");
                    try {
                        return answered(request, limit);
                    } catch (SSLException fault) {
                        if (!String.valueOf(fault.getMessage()).contains(PLAIN_TEXT)) {
                            throw fault;
                        }
                        HttpUrl plain = request.url().newBuilder().scheme("http").build();
                        return answered(
                                request.newBuilder()
                                        .url(plain)
                                        .removeHeader("Authorization")
                                        .build(),
                                limit);
                    }
                });
    }

    private interface Asking {
        ProbeOutcome ask(String url) throws IOException;
    }

    private static ProbeOutcome outcome(JsonNode get, Target target, Asking asking) {
        String host = Prober.host(get, target);
        int port = Prober.port(get.path("port"), target.container());
        String scheme = Resource.text(get, "scheme").equals("HTTPS") ? "https" : "http";
        String path = Resource.text(get, "path");
        String url =
                "%s://%s%s"
                        .formatted(
                                scheme,
                                Prober.address(host, port),
                                path.startsWith("/") ? path : "/" + path);
        try {
            return asking.ask(url);
        } catch (IllegalArgumentException malformed) {
            return new ProbeOutcome(false, "no such URL: " + url);
        } catch (IOException fault) {
            String why = Prober.words(fault, Prober.address(host, port));
            return new ProbeOutcome(false, "Get \"%s\": %s".formatted(url, why));
        }
    }

    private ProbeOutcome judged(Request request, Duration limit) throws IOException {
        try (Response response = sent(request, limit)) {
            int code = response.code();
            if (code < FIRST_GOOD || code >= FIRST_BAD) {
                return new ProbeOutcome(false, "HTTP probe failed with statuscode: " + code);
            }
            String body = response.peekBody(WORDS_LIMIT).string();
            return code < FIRST_REDIRECT
                    ? new ProbeOutcome(true, body)
                    : ProbeOutcome.doubtful("Probe terminated redirects, Response body: " + body);
        }
    }

    private ProbeOutcome answered(Request request, Duration limit) throws IOException {
        try (Response response = sent(request, limit)) {
            return new ProbeOutcome(true, response.message());
        }
    }

    private Response sent(Request request, Duration limit) throws IOException {
        return client.newBuilder().callTimeout(limit).build().newCall(request).execute();
    }

    private static Response followed(Interceptor.Chain chain) throws IOException {
        Request first = chain.request();
        Response response = chain.proceed(first);
        for (int requests = 1; response.isRedirect(); requests++) {
            String location = response.header("Location");
            HttpUrl next = location == null ? null : response.request().url().resolve(location);
            if (next == null || !next.host().equals(first.url().host())) {
                return response;
            }
            response.close();
            if (requests == MAX_REQUESTS) {
                throw new ProtocolException("stopped after %d redirects".formatted(requests));
            }
            response = chain.proceed(response.request().newBuilder().url(next).build());
        }
        return response;
    }

    /** Compat: what the container's own headers say replaces what is sent by default. */
    private static Request request(String url, JsonNode get, String agent) {
        var headers = new Headers.Builder();
        for (JsonNode each : get.path("httpHeaders")) {
            headers.add(Resource.text(each, "name"), Resource.text(each, "value"));
        }
        Headers own = headers.build();
        Map.of("User-Agent", agent, "Accept", "*/*", "Connection", "close")
                .forEach(
                        (name, value) -> {
                            if (own.get(name) == null) {
                                headers.add(name, value);
                            }
                        });
        return new Request.Builder().url(url).headers(headers.build()).build();
    }

    private static OkHttpClient client() {
        try {
            var anybody = new Anybody();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {anybody}, new SecureRandom());
            return new OkHttpClient.Builder()
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                    .sslSocketFactory(context.getSocketFactory(), anybody)
                    .hostnameVerifier((_, _) -> true)
                    .followRedirects(false)
                    .addInterceptor(HttpProbe::followed)
                    .build();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has TLS", impossible);
        }
    }

    /** Trusts every certificate. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("a probe is no server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Compat: any certificate will do, see above.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
