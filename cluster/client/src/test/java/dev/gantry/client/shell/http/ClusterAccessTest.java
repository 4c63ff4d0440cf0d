package dev.gantry.client.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.testkit.TlsServer;
import dev.gantry.testkit.TlsServer.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import okhttp3.MediaType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at a server over TLS. */
final class ClusterAccessTest {
    private static final Caller JANE = new Caller("Bearer of-jane", "");

    @TempDir private static Path keys;
    private static TlsServer server;
    @TempDir private Path folder;

    @BeforeAll
    static void serve() throws IOException, GeneralSecurityException {
        server = new TlsServer(keys);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.callers().clear();
    }

    @Test
    void showsATokenToAnAddress() throws IOException {
        ask(ClusterAccess.withToken(server.url(), "of-jane"));

        assertThat(server.callers()).containsExactly(JANE);
    }

    @Test
    void showsTheTokenOfAKubeconfig() throws IOException, GeneralSecurityException {
        ask(kubeconfig(trusting(), "token: of-jane"));

        assertThat(server.callers()).containsExactly(JANE);
    }

    @Test
    void showsTheTokenInAFileBesideTheKubeconfig() throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve("token"), "of-jane\n");

        ask(kubeconfig(trusting(), "tokenFile: token"));

        assertThat(server.callers()).containsExactly(JANE);
    }

    @Test
    void showsTheTokenOfACredentialPlugin() throws IOException, GeneralSecurityException {
        Path plugin = folder.resolve("plugin");
        Files.writeString(
                plugin,
                """
                #!/bin/sh
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",\
                "status":{"token":"of-jane"}}'
                """);
        assertThat(plugin.toFile().setExecutable(true)).isTrue();

        ask(
                kubeconfig(
                        trusting(),
                        "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin}"));

        assertThat(server.callers()).containsExactly(JANE);
    }

    @Test
    void showsAClientCertificate() throws IOException, GeneralSecurityException {
        ask(
                kubeconfig(
                        trusting(),
                        "{client-certificate-data: %s, client-key-data: %s}"
                                .formatted(
                                        base64(server.certificatePem()), base64(server.keyPem()))));

        assertThat(server.callers()).containsExactly(new Caller("", "CN=somebody"));
    }

    /** A server that trusted the JDK's authorities would let in whomever these know. */
    @Test
    void makesNoServerThatTrustsOthersThanTheClustersAuthority()
            throws IOException, GeneralSecurityException {
        String identity =
                "{client-certificate-data: %s, client-key-data: %s}"
                        .formatted(base64(server.certificatePem()), base64(server.keyPem()));

        assertThat(ClusterAccess.mutualTls(file(trusting(), identity))).isNotNull();
        for (String trust :
                List.of("insecure-skip-tls-verify: true", "insecure-skip-tls-verify: false")) {
            Path careless = file(trust, identity);
            assertThatThrownBy(() -> ClusterAccess.mutualTls(careless))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("authority");
        }
        Path nameless = file(trusting(), "token: of-jane");
        assertThatThrownBy(() -> ClusterAccess.mutualTls(nameless)).isInstanceOf(IOException.class);
    }

    @Test
    void trustsAnybodyWhereTheKubeconfigSaysSo() throws IOException {
        ask(kubeconfig("insecure-skip-tls-verify: true", "token: of-jane"));

        assertThat(server.callers()).containsExactly(JANE);
    }

    @Test
    void tellsNothingToAServerThatItDoesNotKnow() throws IOException {
        ClusterAccess access = kubeconfig("insecure-skip-tls-verify: false", "token: of-jane");

        assertThatThrownBy(() -> ask(access)).isInstanceOf(ApiUnreachable.class);
        assertThat(server.callers()).isEmpty();
    }

    @Test
    void keepsTheTokenOutOfWhatIsPrinted() throws IOException {
        assertThat(ClusterAccess.withToken(server.url(), "of-jane")).hasToString(server.url());
    }

    private static void ask(ClusterAccess access) {
        ClusterApi.of(access).send("GET", "/", null, MediaType.get("application/json"));
    }

    private String trusting() throws GeneralSecurityException {
        return "certificate-authority-data: " + base64(server.certificatePem());
    }

    private ClusterAccess kubeconfig(String trust, String user) throws IOException {
        return ClusterAccess.fromKubeconfigs(List.of(file(trust, user)), "");
    }

    private Path file(String trust, String user) throws IOException {
        Path file = folder.resolve("config");
        return Files.writeString(
                file,
                """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts: [{name: c, context: {cluster: here, user: jane}}]
                clusters:
                - name: here
                  cluster:
                    server: %s
                    %s
                users:
                - name: jane
                  user:
                    %s
                """
                        .formatted(server.url(), trust, user));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
