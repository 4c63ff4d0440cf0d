package dev.gantry.client.shell.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kubernetes.client.util.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A context of one or more kubeconfig files: a server, whom to trust, and a client certificate, a
 * token, or a {@link CredentialPlugin} that gives one of them.
 *
 * <p>Cost: the Kubernetes Java Client reads these files too, but loads 800 classes of its models
 * and a security provider to do so: a second of CPU and 25 MB in every process.
 *
 * @param namespace that of the context; empty where it has none
 */
record Kubeconfig(Entry cluster, Entry user, String namespace) {
    private static final char[] NO_PASSWORD = new char[0];

    /** A part of a file, which other files are named relative to. */
    record Entry(Path file, Map<?, ?> content) {
        String text(String field) {
            return content.get(field) instanceof String found ? found : "";
        }
    }

    /** Throws IOException where the file is no kubeconfig with a current context. */
    static Kubeconfig read(Path file) throws IOException {
        return read(List.of(file), "");
    }

    /**
     * Compat: as kubectl merges the files of {@code KUBECONFIG}, the first that has something
     * counts.
     *
     * @param context empty for the current one
     */
    static Kubeconfig read(List<Path> files, String context) throws IOException {
        List<Entry> configs = new ArrayList<>();
        for (Path file : files) {
            configs.add(load(file));
        }
        String name =
                context.isEmpty()
                        ? configs.stream()
                                .map(each -> each.text("current-context"))
                                .filter(each -> !each.isEmpty())
                                .findFirst()
                                .orElse("")
                        : context;
        Entry chosen = named(configs, "contexts", name, "context");
        return new Kubeconfig(
                named(configs, "clusters", chosen.text("cluster"), "cluster"),
                named(configs, "users", chosen.text("user"), "user"),
                chosen.text("namespace"));
    }

    private static Entry load(Path file) throws IOException {
        try (var in = Files.newBufferedReader(file)) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            if (tree instanceof Map<?, ?> config) {
                return new Entry(file, config);
            }
        }
        throw new IOException(file + " is no kubeconfig");
    }

    String server() {
        return cluster.text("server");
    }

    ClusterAccess access() throws IOException {
        if (CredentialPlugin.isNamedBy(user)) {
            Entry known = new CredentialPlugin(cluster, user).ask();
            return new Kubeconfig(cluster, known, namespace).access();
        }
        try {
            OkHttpClient client = ClusterAccess.client(keys(), trust());
            return new ClusterAccess(server(), client, "").showing(token());
        } catch (GeneralSecurityException fault) {
            throw new IOException(user.file() + ": " + fault.getMessage(), fault);
        }
    }

    private X509TrustManager trust() throws IOException, GeneralSecurityException {
        if (Boolean.TRUE.equals(cluster.content().get("insecure-skip-tls-verify"))) {
            return new ClusterAccess.Credulous();
        }
        KeyStore store = empty();
        Optional<byte[]> authorities = bytes(cluster, "certificate-authority");
        if (authorities.isPresent()) {
            int count = 0;
            for (Certificate each : certificates(authorities.get())) {
                store.setCertificateEntry("ca-" + count++, each);
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        // Without authorities of its own the file trusts those of the JDK.
        factory.init(authorities.isPresent() ? store : null);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private javax.net.ssl.KeyManager @org.jspecify.annotations.Nullable [] keys()
            throws IOException, GeneralSecurityException {
        Optional<byte[]> certificate = bytes(user, "client-certificate");
        Optional<byte[]> key = bytes(user, "client-key");
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        Certificate[] chain = certificates(certificate.get()).toArray(Certificate[]::new);
        store.setKeyEntry("client", privateKey(key.get()), NO_PASSWORD, chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(byte[] pem)
            throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem));
    }

    /** Of an elliptic curve or RSA. */
    private static PrivateKey privateKey(byte[] pem) throws IOException, GeneralSecurityException {
        String text = new String(pem, US_ASCII);
        if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
            // Older forms than PKCS#8, as kubeadm writes them.
            return SSLUtils.loadKey(pem);
        }
        String base64 =
                text.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        } catch (GeneralSecurityException notOfACurve) {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        }
    }

    private String token() throws IOException {
        String file = user.text("tokenFile");
        return file.isEmpty()
                ? user.text("token")
                : Files.readString(user.file().resolveSibling(file)).strip();
    }

    /** The content of {@code field-data}, or of the file that {@code field} names. */
    private static Optional<byte[]> bytes(Entry entry, String field) throws IOException {
        String inline = entry.text(field + "-data");
        if (!inline.isEmpty()) {
            return Optional.of(Base64.getDecoder().decode(inline));
        }
        String named = entry.text(field);
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.readAllBytes(entry.file().resolveSibling(named)));
    }

    private static Entry named(List<Entry> configs, String list, String name, String field)
            throws IOException {
        for (Entry config : configs) {
            if (config.content().get(list) instanceof List<?> entries) {
                for (Object each : entries) {
                    if (each instanceof Map<?, ?> entry
                            && name.equals(entry.get("name"))
                            && entry.get(field) instanceof Map<?, ?> found) {
                        return new Entry(config.file(), found);
                    }
                }
            }
        }
        throw new IOException(
                "the kubeconfig has nothing called \"%s\" in its %s".formatted(name, list));
    }
}
