package dev.gantry.local.component;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.local.instance.Instance;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks an instance's API, as its administrator, the little that the supervisor wants to know.
 *
 * <p>Cost: with the JDK's own client. OkHttp and what reads a kubeconfig take the supervisor 0.4 s
 * more of a processor, just when all that starts wants it, and their memory for ever.
 */
public final class ApiProbe {
    static {
        // Cost: by default a connection is closed after five seconds, and each question that comes
        // later begins with a handshake.
        System.setProperty("http.keepAlive.time.server", "60");
    }

    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 10_000;

    private final Instance instance;
    private @Nullable SSLSocketFactory tls;

    public ApiProbe(Instance instance) {
        this.instance = instance;
    }

    /** What {@code /readyz} says. */
    boolean isReady() throws IOException {
        HttpsURLConnection asked = ask("/readyz");
        boolean isGood = asked.getResponseCode() == HttpsURLConnection.HTTP_OK;
        drain(asked);
        return isGood;
    }

    /** The object at a path of the API, if it is there. */
    Optional<Resource> get(String path) throws IOException {
        HttpsURLConnection asked = ask(path);
        int code = asked.getResponseCode();
        byte[] body = drain(asked);
        if (code == HttpsURLConnection.HTTP_NOT_FOUND) {
            return Optional.empty();
        }
        if (code != HttpsURLConnection.HTTP_OK) {
            throw new IOException(path + " is answered with " + code);
        }
        return Optional.of(new Resource((ObjectNode) JsonMapper.shared().readTree(body)));
    }

    private HttpsURLConnection ask(String path) throws IOException {
        var url = URI.create("https://127.0.0.1:" + instance.gatewayPort() + path).toURL();
        var connection = (HttpsURLConnection) url.openConnection();
        connection.setSSLSocketFactory(tls());
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        return connection;
    }

    /** The connection can be used again once all was read. */
    private static byte[] drain(HttpsURLConnection answered) throws IOException {
        boolean isError = answered.getResponseCode() >= HttpsURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = isError ? answered.getErrorStream() : answered.getInputStream()) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private synchronized SSLSocketFactory tls() throws IOException {
        SSLSocketFactory known = tls;
        if (known == null) {
            known = administrator();
            tls = known;
        }
        return known;
    }

    private SSLSocketFactory administrator() throws IOException {
        try {
            var keys =
                    KeyMaterial.identity(
                            Pem.certificates(file("admin.crt")), Pem.privateKey(file("admin.key")));
            X509TrustManager trust = KeyMaterial.trusting(Pem.certificates(file("ca.crt")));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new X509TrustManager[] {trust}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the keys in " + instance.pki() + " are of no use", unusable);
        }
    }

    private byte[] file(String name) throws IOException {
        return Files.readAllBytes(instance.pki().resolve(name));
    }
}
