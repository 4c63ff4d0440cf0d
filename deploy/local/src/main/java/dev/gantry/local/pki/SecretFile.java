package dev.gantry.local.pki;

import dev.gantry.client.shell.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that are made once, and folders that only their owner may look into. */
public final class SecretFile {
    private SecretFile() {}

    /** Makes a folder that only its owner may look into, or makes it such. */
    public static void folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** The secret in {@code file}; at first a new one of 32 random bytes. */
    public static String readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(file, Base64.getEncoder().encodeToString(random));
        }
        String secret = Files.readString(file).strip();
        if (secret.isEmpty()) {
            throw new IOException(file + " is empty: put back what it was");
        }
        return secret;
    }
}
