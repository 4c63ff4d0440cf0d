package dev.gantry.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.TlsServer;
import dev.gantry.testkit.TlsServer.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways to ask a cluster, against a server that remembers who asked. */
final class ClusterTest {
    private static final Caller JANE = new Caller("Bearer of-jane", "");

    @TempDir private Path folder;
    private TlsServer server;

    @BeforeEach
    void serve() throws IOException, GeneralSecurityException {
        server = new TlsServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsTheTokenOfAnAddressOnEveryConnection() throws IOException {
        askTwice(new ClusterChoice.Address(server.url(), "of-jane"));

        assertThat(server.callers()).containsExactly(JANE, JANE);
    }

    @Test
    void showsTheTokenOfAKubeconfigOnEveryConnection() throws IOException {
        Path file = folder.resolve("config");
        Files.writeString(
                file,
                """
                current-context: c
                contexts: [{name: c, context: {cluster: here, user: jane}}]
                clusters: [{name: here, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: jane, user: {token: of-jane}}]
                """
                        .formatted(server.url()));

        askTwice(new ClusterChoice.ContextOf(file));

        assertThat(server.callers()).containsExactly(JANE, JANE);
    }

    private static void askTwice(ClusterChoice choice) throws IOException {
        Cluster cluster = Cluster.of(choice);
        cluster.read("/version");
        try (RawConnection connection = cluster.connect()) {
            assertThat(connection.exchange("GET", "/version", new byte[0])).isEqualTo(200);
        }
    }
}
