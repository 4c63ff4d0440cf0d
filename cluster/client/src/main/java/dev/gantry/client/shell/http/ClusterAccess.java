package dev.gantry.client.shell.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster's API is, and a client that shows it who asks: for those who open connections of
 * their own. For plain requests there is {@link ClusterApi}.
 *
 * @param http shows the certificate or the token by itself
 * @param token what connections of one's own have to show; empty where there is none
 */
public record ClusterAccess(String server, OkHttpClient http, String token) {
    /** As kubectl finds its cluster in several files; an empty context is the current one. */
    public static ClusterAccess fromKubeconfigs(List<Path> files, String context)
            throws IOException {
        return Kubeconfig.read(files, context).access();
    }

    /**
     * For a server of the cluster's own, such as a node's: shows the client certificate of the
     * file's current context, and trusts what that cluster's authority signed, and nobody else.
     */
    public static SSLContext mutualTls(Path kubeconfig) throws IOException {
        return Kubeconfig.read(kubeconfig).mutualTls();
    }

    /** With a bearer token, and without a look at the server's certificate. */
    public static ClusterAccess withToken(String server, String token) throws IOException {
        return withToken(server, token, new Credulous());
    }

    /** With a bearer token, if it is not empty, and towards a server that has to be trusted. */
    public static ClusterAccess withToken(String server, String token, X509TrustManager trust)
            throws IOException {
        try {
            return new ClusterAccess(server, client(null, trust), "").showing(token);
        } catch (GeneralSecurityException fault) {
            throw new IOException(server + ": " + fault.getMessage(), fault);
        }
    }

    /** A client that shows one of the keys, and checks names unless it trusts everybody anyway. */
    static OkHttpClient client(KeyManager @Nullable [] keys, X509TrustManager trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new X509TrustManager[] {trust}, null);
        var made = new OkHttpClient.Builder().sslSocketFactory(context.getSocketFactory(), trust);
        if (trust instanceof Credulous) {
            made.hostnameVerifier((_, _) -> true);
        }
        return made.build();
    }

    /** The same with a token; as it is where the token is empty. */
    ClusterAccess showing(String shown) {
        if (shown.isEmpty()) {
            return this;
        }
        OkHttpClient showing =
                http.newBuilder()
                        .addInterceptor(
                                chain ->
                                        chain.proceed(
                                                chain.request()
                                                        .newBuilder()
                                                        .header("Authorization", "Bearer " + shown)
                                                        .build()))
                        .build();
        return new ClusterAccess(server, showing, shown);
    }

    /** Without the token, which belongs in no log. */
    @Override
    public String toString() {
        return server;
    }

    /** Trusts everybody: for {@code insecure-skip-tls-verify}. */
    static final class Credulous extends X509ExtendedTrustManager {
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
