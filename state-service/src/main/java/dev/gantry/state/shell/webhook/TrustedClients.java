package dev.gantry.state.shell.webhook;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * HTTP clients by the authority that they trust.
 *
 * <p>Cost: reading certificates takes a millisecond, and connections are kept per client.
 */
final class TrustedClients {
    private static final int MOST = 100;

    private final OkHttpClient plain =
            new OkHttpClient.Builder()
                    .proxy(Proxy.NO_PROXY)
                    .followRedirects(false)
                    .connectTimeout(0, TimeUnit.MILLISECONDS)
                    .readTimeout(0, TimeUnit.MILLISECONDS)
                    .writeTimeout(0, TimeUnit.MILLISECONDS)
                    .build();
    private final Map<String, OkHttpClient> byAuthority = new LinkedHashMap<>();

    /**
     * @param authority PEM; empty for those that the system trusts
     */
    synchronized OkHttpClient trusting(String authority)
            throws GeneralSecurityException, IOException {
        if (authority.isEmpty()) {
            return plain;
        }
        OkHttpClient known = byAuthority.get(authority);
        if (known != null) {
            return known;
        }
        OkHttpClient made = made(authority);
        if (byAuthority.size() == MOST) {
            byAuthority.remove(byAuthority.keySet().iterator().next());
        }
        byAuthority.put(authority, made);
        return made;
    }

    private OkHttpClient made(String authority) throws GeneralSecurityException, IOException {
        var authorities = Pem.certificates(authority.getBytes(StandardCharsets.UTF_8));
        if (authorities.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        X509TrustManager trust = KeyMaterial.trusting(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        return plain.newBuilder().sslSocketFactory(context.getSocketFactory(), trust).build();
    }
}
