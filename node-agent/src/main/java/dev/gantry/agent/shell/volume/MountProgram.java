package dev.gantry.agent.shell.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Programs that ask a server, which may be away: each is a process of its own that is given a time.
 *
 * <p>One that the kernel does not let end is left alone. Until it has ended, nothing else is tried
 * on its folder.
 */
final class MountProgram {
    private static final int MESSAGE_LIMIT = 1000;

    private final Duration limit;
    private final Map<Path, Process> hanging = new ConcurrentHashMap<>();

    MountProgram(Duration limit) {
        this.limit = limit;
    }

    /** Throws IOException where it failed, is not there, or took too long. */
    void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process former = hanging.get(folder);
        if (former != null && former.isAlive()) {
            throw late(command);
        }
        Path output = Files.createTempFile("gantry-mount", ".out");
        try {
            Process process = start(command, output);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                hanging.put(folder, process);
                throw late(command);
            }
            hanging.remove(folder);
            if (process.exitValue() != 0) {
                throw new IOException(
                        "%s ended with %d: %s"
                                .formatted(
                                        String.join(" ", command),
                                        process.exitValue(),
                                        message(output)));
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static Process start(List<String> command, Path output) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException missing) {
            throw new IOException(
                    "%s cannot be run on this node; for NFS it needs the package nfs-common"
                            .formatted(command.getFirst()),
                    missing);
        }
    }

    private IOException late(List<String> command) {
        return new IOException(
                "%s has not ended after %d s: the server is away, or does not answer"
                        .formatted(String.join(" ", command), limit.toSeconds()));
    }

    private static String message(Path output) throws IOException {
        byte[] all = Files.readAllBytes(output);
        return new String(all, 0, Math.min(all.length, MESSAGE_LIMIT), UTF_8).strip();
    }
}
