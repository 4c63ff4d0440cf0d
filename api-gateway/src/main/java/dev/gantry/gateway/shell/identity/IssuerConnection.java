package dev.gantry.gateway.shell.identity;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
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

    private final SSLSocketFactory sockets;

    /**
     * Throws IllegalArgumentException where there is no certificate in it.
     *
     * @param authority in PEM; empty for what the JDK trusts
     */
    IssuerConnection(String authority) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust(authority)}, null);
            this.sockets = context.getSocketFactory();
        } catch (GeneralSecurityException | IOException wrong) {
            throw new IllegalArgumentException(
                    "certificateAuthority: Invalid value: <omitted>: no certificates can be read",
                    wrong);
        }
    }

    JsonNode get(String url) throws IOException {
        var connection = open(url);
        try (InputStream in = connection.getInputStream()) {
            byte[] body = in.readNBytes(MOST_BYTES + 1);
            if (connection.getResponseCode() != 200 || body.length > MOST_BYTES) {
                throw new IOException(
                        "%s answered %d with %d bytes"
                                .formatted(url, connection.getResponseCode(), body.length));
            }
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException noJson) {
            throw new IOException(url + " answered no JSON", noJson);
        } finally {
            connection.disconnect();
        }
    }

    private HttpsURLConnection open(String url) throws IOException {
        try {
            if (new URI(url).toURL().openConnection() instanceof HttpsURLConnection connection) {
                connection.setSSLSocketFactory(sockets);
                connection.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
                connection.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
                connection.setUseCaches(false);
                connection.setRequestProperty("Accept", "application/json");
                return connection;
            }
            throw new IOException(url + " is no https URL");
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            throw new IOException(url + " is no URL", malformed);
        }
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
