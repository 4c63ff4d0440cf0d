package dev.gantry.state.shell.webhook;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * HTTP clients by whom they trust, all of which show the same certificate, if any.
 *
 * <p>Cost: reading certificates takes a millisecond, and connections are kept per client.
 */
public final class TrustedClients {
    private static final int MOST = 100;

    private final OkHttpClient plain;
    private final KeyManager @Nullable [] keys;
    private final Map<Trust, OkHttpClient> known = new LinkedHashMap<>();

    /**
     * Whom a client trusts.
     *
     * @param authority PEM; empty for those that the system trusts
     * @param isChecked whether the server's certificate is looked at at all
     */
    public record Trust(String authority, boolean isChecked) {}

    /**
     * @param limit of a whole call; zero where each call brings its own
     */
    public TrustedClients(Duration limit, KeyManager @Nullable [] keys) {
        this.plain =
                new OkHttpClient.Builder()
                        .proxy(Proxy.NO_PROXY)
                        .followRedirects(false)
                        .connectTimeout(Duration.ZERO)
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ZERO)
                        .callTimeout(limit)
                        .build();
        this.keys = keys;
    }

    public synchronized OkHttpClient trusting(Trust trust)
            throws GeneralSecurityException, IOException {
        OkHttpClient found = known.get(trust);
        if (found != null) {
            return found;
        }
        OkHttpClient made = made(trust);
        if (known.size() == MOST) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(trust, made);
        return made;
    }

    private OkHttpClient made(Trust trust) throws GeneralSecurityException, IOException {
        X509TrustManager trusted = trusted(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trusted}, null);
        var made = plain.newBuilder().sslSocketFactory(context.getSocketFactory(), trusted);
        if (!trust.isChecked()) {
            made.hostnameVerifier((_, _) -> true);
        }
        return made.build();
    }

    private static X509TrustManager trusted(Trust trust)
            throws GeneralSecurityException, IOException {
        if (!trust.isChecked()) {
            return new Unchecked();
        }
        if (trust.authority().isEmpty()) {
            return KeyMaterial.trustingPublicAuthorities();
        }
        List<X509Certificate> authorities =
                Pem.certificates(trust.authority().getBytes(StandardCharsets.UTF_8));
        if (authorities.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        return KeyMaterial.trusting(authorities);
    }

    /** For {@code insecureSkipTLSVerify}. */
    private static final class Unchecked implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Of use to a client only.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The configuration says so.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
