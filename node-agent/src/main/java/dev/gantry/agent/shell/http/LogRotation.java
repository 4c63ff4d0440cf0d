package dev.gantry.agent.shell.http;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.client.shell.loop.Loop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps logs from filling the disk: a file that has grown too long is moved aside, and the oldest
 * ones go.
 *
 * <p>Compat: kubelet's containerLogMaxSize 10Mi and containerLogMaxFiles 5. Rotated files stay
 * uncompressed.
 */
public final class LogRotation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogRotation.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /**
     * @param maxBytes of the file that is being written
     * @param maxFiles of one container, that one among them
     */
    public record Limits(long maxBytes, int maxFiles) {
        public static final Limits DEFAULT = new Limits(10 << 20, 5);
    }

    private final ContainerRuntime runtime;
    private final Limits limits;
    private final Map<String, Path> paths = new HashMap<>();
    private final Loop loop = new Loop("log-rotation", this::run);

    public LogRotation(ContainerRuntime runtime, Limits limits) {
        this.runtime = runtime;
        this.limits = limits;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        while (loop.pause(PERIOD)) {
            rotateAll();
        }
    }

    void rotateAll() {
        Set<String> running = new HashSet<>();
        for (ContainerEntry each : runtime.containers()) {
            if (each.state() == ContainerState.RUNNING) {
                running.add(each.id());
            }
        }
        paths.keySet().retainAll(running);
        running.forEach(this::rotateIfLong);
    }

    /**
     * One that cannot be rotated is tried again with the next round, and keeps no other from it.
     */
    private void rotateIfLong(String id) {
        try {
            Path path = path(id);
            if (Files.exists(path) && Files.size(path) > limits.maxBytes()) {
                rotate(id, path);
            }
        } catch (IOException | RuntimeFault fault) {
            LOG.warn(
                    "the log of container {} was not rotated and may fill the disk: {}",
                    id,
                    fault.toString());
        }
    }

    private Path path(String id) {
        return paths.computeIfAbsent(
                id, _ -> Path.of(runtime.container(id).map(ContainerStatus::logPath).orElse("")));
    }

    private void rotate(String id, Path path) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + "." + STAMP.format(Instant.now()));
        Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
        try {
            runtime.reopenLog(id);
        } catch (RuntimeFault fault) {
            // The container still writes to the moved file: so that stays the log.
            Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("the log of container {} was not rotated", id, fault);
            return;
        }
        List<Path> rotated = rotated(path);
        for (Path old : rotated.subList(0, Math.max(0, rotated.size() - limits.maxFiles() + 1))) {
            Files.deleteIfExists(old);
        }
    }

    /** Oldest first. */
    private static List<Path> rotated(Path path) throws IOException {
        List<Path> found = new ArrayList<>();
        Path folder = path.toAbsolutePath().getParent();
        try (var files = Files.newDirectoryStream(folder, path.getFileName() + ".*")) {
            files.forEach(found::add);
        }
        Collections.sort(found);
        return found;
    }
}
