package dev.gantry.gateway.shell.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.gantry.client.shell.file.KeptFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A file that is moved aside when it is full: {@code audit.log.1} is the youngest of those kept.
 * Readable by its owner only. One thread writes.
 */
final class RotatedFile implements AutoCloseable {
    private static final long FULL_BYTES = 100L << 20;
    private static final int KEPT = 10;

    private final Path path;
    private final long fullBytes;
    private @Nullable OutputStream out;
    private long written;

    RotatedFile(Path path) {
        this(path, FULL_BYTES);
    }

    RotatedFile(Path path, long fullBytes) {
        this.path = path;
        this.fullBytes = fullBytes;
    }

    void append(String lines) throws IOException {
        byte[] bytes = lines.getBytes(UTF_8);
        OutputStream current = out == null ? open() : out;
        if (written > 0 && written + bytes.length > fullBytes) {
            current.close();
            rotate();
            current = open();
        }
        current.write(bytes);
        current.flush();
        written += bytes.length;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    private OutputStream open() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (Files.notExists(path)) {
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        OutputStream opened = Files.newOutputStream(path, CREATE, APPEND);
        out = opened;
        written = Files.size(path);
        return opened;
    }

    private void rotate() throws IOException {
        Files.move(path, new KeptFiles(path, KEPT).makeRoom(), REPLACE_EXISTING);
    }
}
