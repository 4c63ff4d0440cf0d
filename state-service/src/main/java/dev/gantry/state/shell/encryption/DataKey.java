package dev.gantry.state.shell.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gantry.model.digest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * A key that wraps data keys, and the first bytes of its digest by which a sealed object names it.
 */
record DataKey(int id, SecretKey key) {
    private static final int LENGTH_BYTES = 32;

    /**
     * The keys in a file, one a line in Base64: the first seals, all open. So a key is changed by
     * putting a new one above the old.
     *
     * <p>A file that is not there is made, for its owner's eyes only.
     */
    static List<DataKey> in(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            List<DataKey> found = new ArrayList<>();
            for (String line : Files.readAllLines(file, US_ASCII)) {
                if (!line.isBlank()) {
                    found.add(of(checked(Base64.getDecoder().decode(line.strip()))));
                }
            }
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "the data key file %s holds no key".formatted(file));
            }
            return found;
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read the data key file " + file, fault);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "the data key file %s must hold 32 bytes in Base64 on each line: %s"
                            .formatted(file, malformed.getMessage()),
                    malformed);
        }
    }

    static DataKey of(byte[] raw) {
        return new DataKey(ByteBuffer.wrap(Sha256.of(raw)).getInt(), AesGcm.key(raw));
    }

    private static byte[] checked(byte[] raw) {
        if (raw.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("found a key of %d bytes".formatted(raw.length));
        }
        return raw;
    }

    private static void make(Path file) throws IOException {
        byte[] raw = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(raw);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var owner = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
        String line = Base64.getEncoder().encodeToString(raw) + "\n";
        Files.writeString(file, line, US_ASCII, StandardOpenOption.SYNC);
    }
}
