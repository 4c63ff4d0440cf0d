package dev.gantry.client.shell.http;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
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
        if (!Files.exists(file)) {
            throw new IOException(
                    "there is no kubeconfig %s: `gantry up` writes the one of a local cluster,"
                                    .formatted(file)
                            + " another is named with --kubeconfig or KUBECONFIG");
        }
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

    /** Shows the user's certificate, and trusts the cluster's authority alone. */
    SSLContext mutualTls() throws IOException {
        try {
            KeyManager[] keys = keys();
            Optional<byte[]> authorities = bytes(cluster, "certificate-authority");
            if (keys == null || authorities.isEmpty()) {
                throw new IOException(
                        user.file() + " lacks a client certificate, its key or an authority");
            }
            X509TrustManager trust = KeyMaterial.trusting(Pem.certificates(authorities.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new X509TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException fault) {
            throw new IOException(user.file() + ": " + fault.getMessage(), fault);
        }
    }

    private X509TrustManager trust() throws IOException, GeneralSecurityException {
        if (Boolean.TRUE.equals(cluster.content().get("insecure-skip-tls-verify"))) {
            return new ClusterAccess.Credulous();
        }
        Optional<byte[]> authorities = bytes(cluster, "certificate-authority");
        return authorities.isPresent()
                ? KeyMaterial.trusting(Pem.certificates(authorities.get()))
                : KeyMaterial.trustingPublicAuthorities();
    }

    private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
        Optional<byte[]> certificate = bytes(user, "client-certificate");
        Optional<byte[]> key = bytes(user, "client-key");
        return certificate.isEmpty() || key.isEmpty()
                ? null
                : KeyMaterial.identity(
                        Pem.certificates(certificate.get()), Pem.privateKey(key.get()));
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
