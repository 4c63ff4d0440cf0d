package dev.gantry.local.process;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class SupervisorTest {
    @TempDir Path folder;

    @Test
    void bringsBackWhatWasKilledAndStopsAllInTheEnd() throws Exception {
        var supervisor = supervisor(List.of(sleeper("one", () -> true)));
        try (var running = new Running(supervisor)) {
            ProcessState first = awaitState("one", "ready");
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
            await().until(
                            () ->
                                    state("one").restarts() == 1
                                            && state("one").state().equals("ready"));
            assertThat(state("one").lastExit()).startsWith("killed by signal 9");
            long second = state("one").pid();
            supervisor.end();
            running.join();
            assertThat(ProcessHandle.of(second)).isEmpty();
        }
        assertThat(folder.resolve("state.json")).doesNotExist();
    }

    @Test
    void tellsWhenAProcessIsNotReadyAnyMoreAndWhenItIsAgain() throws Exception {
        var isReady = new AtomicBoolean(true);
        var spec =
                sleeper(
                        "one",
                        new ProcessSpec.Readiness(isReady::get, Duration.ofMillis(10)),
                        List.of("sleep", "300"));
        var supervisor = supervisor(List.of(spec));
        try (var running = new Running(supervisor)) {
            long pid = awaitState("one", "ready").pid();
            isReady.set(false);
            assertThat(awaitState("one", "not ready").pid()).isEqualTo(pid);
            isReady.set(true);
            assertThat(awaitState("one", "ready").restarts()).isZero();
            supervisor.end();
            running.join();
        }
    }

    @Test
    void noLogGrowsForEver() throws Exception {
        Path log = folder.resolve("one.log");
        try (var full = new RandomAccessFile(log.toFile(), "rw")) {
            full.setLength(LogFile.FULL_BYTES);
        }
        var spec = sleeper("one", ProcessSpec.Readiness.once(() -> true), List.of("sleep", "300"));
        try (var running = new Running(supervisor(List.of(spec)))) {
            await().until(() -> Files.exists(folder.resolve("one.log.1")) && Files.size(log) == 0);
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void aProcessThatDoesNotAnswerKeepsNoOtherWaiting() throws Exception {
        var answer = new CountDownLatch(1);
        ProcessSpec.Probe silent =
                () -> {
                    answer.await();
                    return true;
                };
        var supervisor =
                supervisor(List.of(sleeper("silent", silent), sleeper("other", () -> true)));
        try (var running = new Running(supervisor)) {
            awaitState("other", "ready");
            assertThat(state("silent").state()).isEqualTo("starting");
            answer.countDown();
            awaitState("silent", "ready");
            supervisor.end();
            running.join();
        }
    }

    @Test
    void saysOfAProcessThatItsSettingsKeepItFromStarting() throws Exception {
        var once = ProcessSpec.Readiness.once(() -> true);
        var never = sleeper("bad", once, List.of("sh", "-c", "exit 78"));
        var poor = sleeper("poor", once, List.of("sh", "-c", "exit 1"));
        var supervisor = supervisor(List.of(never, poor));
        try (var running = new Running(supervisor)) {
            assertThat(awaitState("bad", "waiting").cannotStart()).isTrue();
            assertThat(awaitState("poor", "waiting").cannotStart()).isFalse();
            supervisor.end();
            running.join();
        }
    }

    @Test
    void aProcessThatCannotBeStartedIsTriedAgainAndKeepsNoOtherWaiting() throws Exception {
        Path program = folder.resolve("late");
        var once = ProcessSpec.Readiness.once(() -> true);
        var late = sleeper("late", once, List.of(program.toString()));
        var supervisor = supervisor(List.of(late, sleeper("other", () -> true)));
        try (var running = new Running(supervisor)) {
            awaitState("other", "ready");
            assertThat(awaitState("late", "waiting").lastExit()).contains("not started");
            Path written = folder.resolve("late.new");
            Files.writeString(written, "#!/bin/sh\nexec sleep 300\n");
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rwx------"));
            Files.move(written, program);
            awaitState("late", "ready");
            supervisor.end();
            running.join();
        }
    }

    @Test
    void goesOnWhileTheStateCannotBeWritten() throws Exception {
        Path obstacle = Files.createDirectory(folder.resolve("state.json"));
        Path inIt = Files.createFile(obstacle.resolve("file"));
        var supervisor = supervisor(List.of(sleeper("one", () -> true)));
        try (var running = new Running(supervisor)) {
            await().until(() -> Files.exists(folder.resolve("one.log")));
            assertThat(running.isAlive()).isTrue();
            Files.delete(inIt);
            Files.delete(obstacle);
            awaitState("one", "ready");
            Files.delete(folder.resolve("state.json"));
            awaitState("one", "ready");
            supervisor.end();
            running.join();
        }
    }

    @Test
    void whatEndsTogetherIsAskedToEndAtOnce() throws Exception {
        var once = ProcessSpec.Readiness.once(() -> true);
        var supervisor =
                supervisor(
                        List.of(
                                sleeper("left", once, endsAfter("left", "right")),
                                sleeper("right", once, endsAfter("right", "left"))));
        try (var running = new Running(supervisor)) {
            awaitState("left", "ready");
            awaitState("right", "ready");
            await().until(() -> Files.exists(folder.resolve("left-waits")));
            await().until(() -> Files.exists(folder.resolve("right-waits")));
            supervisor.end();
            running.join();
        }
        assertThat(folder.resolve("left-saw-right")).exists();
        assertThat(folder.resolve("right-saw-left")).exists();
    }

    /** A process that ends in good order only if the other is asked to end before it is gone. */
    private List<String> endsAfter(String self, String other) {
        String script =
                """
                cd %1$s
                trap 'touch %2$s; while [ ! -f %3$s ]; do sleep 0.05; done; touch %2$s-saw-%3$s; exit' TERM
                touch %2$s-waits
                while :; do sleep 0.05; done
                """
                        .formatted(folder, self, other);
        return List.of("sh", "-c", script);
    }

    private Supervisor supervisor(List<ProcessSpec> specs) {
        return new Supervisor(specs, folder.resolve("state.json"), Patience.LIMIT);
    }

    private ProcessSpec sleeper(String name, ProcessSpec.Probe probe) {
        var once = ProcessSpec.Readiness.once(probe);
        return sleeper(name, once, List.of("sleep", "300"));
    }

    private ProcessSpec sleeper(String name, ProcessSpec.Readiness ready, List<String> command) {
        return new ProcessSpec(
                name,
                1,
                command,
                new TreeMap<>(),
                folder.resolve(name + ".log"),
                ready,
                ProcessSpec.Stop.by("TERM"));
    }

    private ProcessState awaitState(String name, String wanted) throws Exception {
        return await().ignoreException(NoSuchFileException.class)
                .until(() -> state(name), found -> found.state().equals(wanted));
    }

    private ProcessState state(String name) throws Exception {
        byte[] text = Files.readAllBytes(folder.resolve("state.json"));
        for (ProcessState each : JsonMapper.shared().readValue(text, ProcessState[].class)) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new IllegalStateException("no process " + name);
    }

    /** The supervisor on a thread of its own, ended whatever the test does. */
    private static final class Running implements AutoCloseable {
        private final Supervisor supervisor;
        private final FutureTask<Void> task;

        Running(Supervisor supervisor) {
            this.supervisor = supervisor;
            this.task =
                    new FutureTask<>(
                            () -> {
                                supervisor.run();
                                return null;
                            });
            Thread.ofPlatform().start(task);
        }

        boolean isAlive() {
            return !task.isDone();
        }

        /** Throws what the supervisor has thrown. */
        void join() throws InterruptedException, ExecutionException {
            task.get();
        }

        @Override
        public void close() {
            supervisor.end();
        }
    }
}
