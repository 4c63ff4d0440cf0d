package dev.gantry.local.pki;

import dev.gantry.client.shell.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A kubeconfig with the certificates in it, for one cluster and one user of it.
 *
 * @param cluster what it is called in the file
 * @param server the URL of the API
 * @param identity the user, and the name of the pair of files with its certificate
 */
public record KubeconfigFile(String cluster, String server, String identity) {
    /** Written for its owner only, with what lies in {@code pki}. */
    public void write(Path target, Path pki) throws IOException {
        String text =
                """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
                    certificate-authority-data: %3$s
                users:
                - name: "%4$s"
                  user:
                    client-certificate-data: %5$s
                    client-key-data: %6$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: "%4$s"
                current-context: %1$s
                """
                        .formatted(
                                cluster,
                                server,
                                encoded(pki.resolve("ca.crt")),
                                identity,
                                encoded(pki.resolve(identity + ".crt")),
                                encoded(pki.resolve(identity + ".key")));
        PrivateFile.write(target, text);
    }

    private static String encoded(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
