package dev.gantry.local.process;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.gantry.client.shell.file.KeptFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a process appends to for as long as it lives. Once it is full, what stands there is copied
 * aside and the file goes on empty: {@code kafka.log.1} is the younger of the {@value #KEPT} kept.
 * Lines that are written between the copy and the emptying, a moment, are lost.
 */
record LogFile(Path path, long fullBytes) {
    static final long FULL_BYTES = 32L << 20;
    private static final int KEPT = 2;

    LogFile(Path path) {
        this(path, FULL_BYTES);
    }

    /** Does nothing where it is not full. Where it fails, nothing that stands in it is lost. */
    void emptyIfFull() throws IOException {
        if (Files.notExists(path) || Files.size(path) < fullBytes) {
            return;
        }
        Files.copy(path, new KeptFiles(path, KEPT).makeRoom(), REPLACE_EXISTING);
        try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
    }
}
