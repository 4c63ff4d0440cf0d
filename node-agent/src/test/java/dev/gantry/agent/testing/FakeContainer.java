package dev.gantry.agent.testing;

import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.LinuxResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** A container of {@link FakeRuntime}, as it is at a moment. */
record FakeContainer(ContainerConfig config, ContainerStatus status, String sandbox) {
    static FakeContainer created(String id, String sandbox, ContainerConfig config, Path log) {
        ContainerStatus status = status(id, config, log, Life.begun(), config.resources());
        return new FakeContainer(config, status, sandbox);
    }

    FakeContainer started() {
        return with(Life.runs(status.createdAt()), resources());
    }

    FakeContainer ended(int code) {
        return with(Life.ended(status, code), resources());
    }

    FakeContainer with(LinuxResources others) {
        return with(Life.of(status), others);
    }

    private FakeContainer with(Life life, LinuxResources given) {
        Path log = Path.of(status.logPath());
        return new FakeContainer(config, status(status.id(), config, log, life, given), sandbox);
    }

    private LinuxResources resources() {
        return status.resources().orElseThrow();
    }

    ContainerEntry entry() {
        return new ContainerEntry(
                status.id(),
                sandbox,
                status.name(),
                status.attempt(),
                status.state(),
                status.createdAt(),
                status.imageRef(),
                status.labels(),
                status.annotations());
    }

    /** Writes the lines as runtimes do. */
    void log(String output) {
        Path log = Path.of(status.logPath());
        try {
            Files.createDirectories(log.getParent());
            StringBuilder lines = new StringBuilder();
            output.lines()
                    .forEach(
                            line ->
                                    lines.append(Instant.now())
                                            .append(" stdout F ")
                                            .append(line)
                                            .append('\n'));
            Files.writeString(log, lines);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** A container's life so far. */
    private record Life(
            ContainerState state,
            Instant created,
            Instant started,
            Instant finished,
            int exitCode) {
        static Life of(ContainerStatus now) {
            return new Life(
                    now.state(),
                    now.createdAt(),
                    now.startedAt(),
                    now.finishedAt(),
                    now.exitCode());
        }

        static Life begun() {
            return new Life(ContainerState.CREATED, Instant.now(), Instant.EPOCH, Instant.EPOCH, 0);
        }

        static Life runs(Instant created) {
            return new Life(ContainerState.RUNNING, created, Instant.now(), Instant.EPOCH, 0);
        }

        static Life ended(ContainerStatus before, int code) {
            return new Life(
                    ContainerState.EXITED,
                    before.createdAt(),
                    before.startedAt(),
                    Instant.now(),
                    code);
        }
    }

    private static ContainerStatus status(
            String id, ContainerConfig config, Path log, Life life, LinuxResources resources) {
        boolean hasExited = life.state() == ContainerState.EXITED;
        String reason = life.exitCode() == 0 ? "Completed" : "Error";
        return new ContainerStatus(
                new ContainerStatus.Identity(id, config.name(), config.attempt()),
                life.state(),
                new ContainerStatus.Times(life.created(), life.started(), life.finished()),
                new ContainerStatus.Exit(life.exitCode(), hasExited ? reason : "", ""),
                config.image(),
                Optional.of(resources),
                Optional.empty(),
                log.toString(),
                new TreeMap<>(config.labels()),
                new TreeMap<>(config.annotations()));
    }
}
