package dev.gantry.agent.shell.probe;

import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/**
 * One GET; any answer from 200 to 399 is good.
 *
 * <p>Compat: certificates are not checked: a probe asks whether the container serves, not who it
 * is.
 */
final class HttpProbe {
    private static final int FIRST_GOOD = 200;
    private static final int FIRST_BAD = 400;
    private static final int WORDS_LIMIT = 1024;

    private final OkHttpClient client = client();

    ProbeOutcome ask(JsonNode get, Target target, Duration limit) {
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
            return ask(request(url, get), limit);
        } catch (IllegalArgumentException malformed) {
            return new ProbeOutcome(false, "no such URL: " + url);
        } catch (IOException fault) {
            String why = Prober.words(fault, Prober.address(host, port));
            return new ProbeOutcome(false, "Get \"%s\": %s".formatted(url, why));
        }
    }

    private ProbeOutcome ask(Request request, Duration limit) throws IOException {
        OkHttpClient bounded = client.newBuilder().callTimeout(limit).build();
        try (Response response = bounded.newCall(request).execute()) {
            boolean isGood = response.code() >= FIRST_GOOD && response.code() < FIRST_BAD;
            if (isGood) {
                return new ProbeOutcome(true, response.peekBody(WORDS_LIMIT).string());
            }
            return new ProbeOutcome(false, "HTTP probe failed with statuscode: " + response.code());
        }
    }

    private static Request request(String url, JsonNode get) {
        var made =
                new Request.Builder()
                        .url(url)
                        .header("User-Agent", "kube-probe/1.36")
                        .header("Accept", "*/*")
                        .header("Connection", "close");
        for (JsonNode each : get.path("httpHeaders")) {
            made.header(Resource.text(each, "name"), Resource.text(each, "value"));
        }
        return made.build();
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
