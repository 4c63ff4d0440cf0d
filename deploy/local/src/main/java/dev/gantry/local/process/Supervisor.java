package dev.gantry.local.process;

import static java.util.Comparator.naturalOrder;

import dev.gantry.client.shell.loop.SteadyTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the processes of an instance running, and writes down how they are. One thread steps
 * through them; a process that ends comes back, whoever ended it.
 *
 * <p>Invariant: only {@link #end} ends it, and then all of them. While the disk is full, say, the
 * state is not written, and a process that cannot be started is tried again.
 */
public final class Supervisor {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A state file that somebody removed is noticed after this. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LOOKS_AT_LOGS = Duration.ofMinutes(1);

    /** So that a clock that is set keeps nothing from being started again. */
    private final SteadyTime time = new SteadyTime(Instant.now(), System::nanoTime);

    private final List<Supervised> processes = new ArrayList<>();
    private final Path stateFile;
    private final ExecutorService askers = Executors.newCachedThreadPool();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean isEnding;
    private Instant logsSeen = Instant.EPOCH;
    private String written = "";
    private String trouble = "";

    /**
     * @param stopLimit what a process may take to end before it is killed
     */
    public Supervisor(List<ProcessSpec> specs, Path stateFile, Duration stopLimit) {
        specs.forEach(
                spec -> processes.add(new Supervised(spec, stopLimit, askers, news::release)));
        this.stateFile = stateFile;
    }

    /** Runs until {@link #end} is called, then ends all in their order. */
    public void run() throws IOException, InterruptedException {
        while (!isEnding) {
            Instant now = time.now();
            processes.forEach(each -> each.step(now));
            tellState();
            boundLogs(now);
            awaitNews();
        }
        endAll();
        askers.shutdownNow();
        Files.deleteIfExists(stateFile);
    }

    public void end() {
        isEnding = true;
        news.release();
    }

    /** A process that ended, an answer, the end; or the time of a next step. */
    private void awaitNews() throws InterruptedException {
        Instant now = time.now();
        Instant latest = now.plus(LONGEST_PAUSE);
        Instant due =
                processes.stream()
                        .map(Supervised::due)
                        .filter(latest::isAfter)
                        .min(naturalOrder())
                        .orElse(latest);
        long millis = Duration.between(now, due).toMillis() + 1;
        boolean _ = news.tryAcquire(millis, TimeUnit.MILLISECONDS);
        news.drainPermits();
    }

    private void endAll() throws IOException, InterruptedException {
        List<Supervised> last = processes.reversed();
        while (!last.isEmpty()) {
            int end = last.getFirst().spec().end();
            List<Supervised> together =
                    last.stream().takeWhile(each -> each.spec().end() == end).toList();
            for (Supervised each : together) {
                each.askToEnd();
            }
            for (Supervised each : together) {
                each.awaitEnd();
                tellState();
            }
            last = last.subList(together.size(), last.size());
        }
    }

    private void tellState() {
        try {
            writeState();
            trouble = "";
        } catch (IOException failed) {
            if (!trouble.equals(failed.toString())) {
                trouble = failed.toString();
                System.err.printf("the state cannot be written, and is tried again: %s%n", failed);
            }
        }
    }

    private void boundLogs(Instant now) {
        if (Duration.between(logsSeen, now).compareTo(BETWEEN_LOOKS_AT_LOGS) < 0) {
            return;
        }
        logsSeen = now;
        for (Supervised each : processes) {
            try {
                each.boundLog();
            } catch (IOException failed) {
                System.err.printf("the log of %s grows: %s%n", each.spec().name(), failed);
            }
        }
    }

    private void writeState() throws IOException {
        List<ProcessState> states = processes.stream().map(Supervised::state).toList();
        String text = JSON.writeValueAsString(states);
        if (text.equals(written) && Files.exists(stateFile)) {
            return;
        }
        Files.createDirectories(stateFile.getParent());
        Path fresh = stateFile.resolveSibling("state.new");
        Files.writeString(fresh, text);
        Files.move(
                fresh,
                stateFile,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        written = text;
    }
}
