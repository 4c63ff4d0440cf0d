package dev.gantry.local.compose;

import dev.gantry.local.pki.Authority;
import dev.gantry.local.pki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fills the volumes of {@code docker-compose.yml}, each mounted below one folder under the name of
 * its container.
 *
 * <p>Arguments: that folder, how many nodes there are, and the port of the host that leads to the
 * API.
 */
public final class ComposeMain {
    private ComposeMain() {}

    public static void main(String[] arguments) throws Exception {
        prepare(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]));
        System.out.println("Keys, passwords and settings are in their volumes");
    }

    static void prepare(Path root, int nodeCount, int hostPort)
            throws IOException, GeneralSecurityException {
        Path pki = Files.createDirectories(root.resolve("authority")).resolve("pki");
        List<String> nodes =
                IntStream.rangeClosed(1, nodeCount).mapToObj(number -> "node-" + number).toList();
        Authority authority = Authority.in(pki);
        for (var identity : Identities.all(nodes)) {
            authority.issue(identity);
        }
        Authority.frontProxy(pki).issue(Identity.FRONT_PROXY);
        authority.signingPair("sa");
        new Volumes(root, pki, hostPort).fill(nodes);
    }
}
