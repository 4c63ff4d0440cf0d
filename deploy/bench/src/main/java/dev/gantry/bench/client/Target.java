package dev.gantry.bench.client;

import dev.gantry.client.shell.http.ClusterApi;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.credentials.AccessTokenAuthentication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which API server is measured, and as whom. */
public final class Target {
    @Option(names = "--url", description = "API server, such as https://127.0.0.1:6443.")
    private @Nullable String url;

    @Option(
            names = "--token",
            description = "Bearer token for --url; its certificate is not checked.")
    private @Nullable String token;

    @Option(names = "--kubeconfig", description = "Default: $KUBECONFIG, else the local cluster's.")
    private @Nullable Path kubeconfig;

    @Option(names = "--json", description = "Prints one JSON object instead of a table.")
    public boolean json;

    public ClusterApi api() throws IOException {
        return new ClusterApi(client());
    }

    /** Opens one keep-alive connection for raw requests. */
    public RawConnection connect() throws IOException {
        ApiClient client = client();
        URI base = URI.create(client.getBasePath());
        SSLSocketFactory sockets = client.getHttpClient().sslSocketFactory();
        return new RawConnection(
                sockets, base.getHost(), base.getPort() < 0 ? 443 : base.getPort(), token);
    }

    private ApiClient client() throws IOException {
        if (url != null) {
            return new ClientBuilder()
                    .setBasePath(url)
                    .setVerifyingSsl(false)
                    .setAuthentication(
                            new AccessTokenAuthentication(
                                    Objects.requireNonNull(token, "--url needs --token")))
                    .build();
        }
        Path file = file();
        try (var reader = Files.newBufferedReader(file)) {
            KubeConfig config = KubeConfig.loadKubeConfig(reader);
            config.setFile(file.toFile());
            return Config.fromConfig(config);
        }
    }

    private Path file() throws IOException {
        if (kubeconfig != null) {
            return kubeconfig;
        }
        String fromEnvironment = System.getenv("KUBECONFIG");
        if (fromEnvironment != null) {
            return Path.of(fromEnvironment);
        }
        String home = System.getenv("GANTRY_HOME");
        if (home == null) {
            throw new IOException("which cluster? give --kubeconfig or --url and --token");
        }
        return Path.of(home, "kubeconfig");
    }
}
