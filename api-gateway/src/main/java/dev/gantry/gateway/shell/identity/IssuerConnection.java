package dev.gantry.gateway.shell.identity;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads documents from the server of an issuer, over TLS only. Opened for each: they are read every
 * few minutes.
 */
final class IssuerConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;
    private static final Predicate<InetAddress> EVERYWHERE = _ -> true;

    private final Predicate<InetAddress> isReached;
    private final OkHttpClient http;

    /**
     * To servers that an operator has chosen. Throws IllegalArgumentException where there is no
     * certificate in the authority.
     *
     * @param authority in PEM; empty for what the JDK trusts
     */
    static IssuerConnection anywhere(String authority) {
        return new IssuerConnection(authority, EVERYWHERE, true);
    }

    /** To servers that somebody else names: only at such addresses, and not led on from there. */
    static IssuerConnection within(String authority, Predicate<InetAddress> isReached) {
        return new IssuerConnection(authority, isReached, false);
    }

    private IssuerConnection(
            String authority, Predicate<InetAddress> isReached, boolean followsRedirects) {
        this.isReached = isReached;
        try {
            X509TrustManager trust = trust(authority);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            this.http =
                    new OkHttpClient.Builder()
                            .sslSocketFactory(context.getSocketFactory(), trust)
                            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                            .connectTimeout(PATIENCE)
                            .readTimeout(PATIENCE)
                            .followRedirects(followsRedirects)
                            .followSslRedirects(false)
                            .dns(this::addresses)
                            .build();
        } catch (GeneralSecurityException | IOException wrong) {
            throw new IllegalArgumentException(
                    "certificateAuthority: Invalid value: <omitted>: no certificates can be read",
                    wrong);
        }
    }

    JsonNode get(String url) throws IOException {
        try {
            return JsonMapper.shared().readTree(text(url, ""));
        } catch (JacksonException noJson) {
            throw new IOException(url + " answered no JSON", noJson);
        }
    }

    /**
     * @param token shown to the server; empty for none
     */
    String text(String url, String token) throws IOException {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null || !parsed.isHttps()) {
            throw new IOException(url + " is no https URL");
        }
        addresses(parsed.host()); // a literal address is not looked up when it is connected to
        Request.Builder request =
                new Request.Builder().url(parsed).header("Accept", "application/json, */*");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (Response response = http.newCall(request.build()).execute()) {
            byte[] body = response.peekBody(MOST_BYTES + 1L).bytes();
            if (response.code() != 200 || body.length > MOST_BYTES) {
                throw new IOException(
                        "%s answered %d with %d bytes"
                                .formatted(url, response.code(), body.length));
            }
            return new String(body, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unfitToken) {
            throw new IOException("the access token is no header", unfitToken);
        }
    }

    /** Also the one that is connected to: a name may lead elsewhere a moment later. */
    private List<InetAddress> addresses(String host) throws UnknownHostException {
        List<InetAddress> found = Dns.SYSTEM.lookup(host);
        if (!found.stream().allMatch(isReached)) {
            throw new UnknownHostException(host + " leads to an address that is not to be reached");
        }
        return found;
    }

    private static X509TrustManager trust(String authority)
            throws GeneralSecurityException, IOException {
        if (authority.isEmpty()) {
            return KeyMaterial.trustingPublicAuthorities();
        }
        List<X509Certificate> trusted =
                Pem.certificates(authority.getBytes(StandardCharsets.US_ASCII));
        if (trusted.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        return KeyMaterial.trusting(trusted);
    }
}
