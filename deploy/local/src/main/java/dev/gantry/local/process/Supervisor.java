package dev.gantry.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the processes of an instance running, in their order, and writes down how they are. One
 * thread steps through them; a process that ends comes back, whoever ended it.
 */
public final class Supervisor {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<Supervised> processes = new ArrayList<>();
    private final Path stateFile;
    private final ExecutorService askers = Executors.newCachedThreadPool();
    private final CountDownLatch ending = new CountDownLatch(1);
    private String written = "";

    /**
     * @param stopLimit what a process may take to end before it is killed
     */
    public Supervisor(List<ProcessSpec> specs, Path stateFile, Duration stopLimit) {
        specs.forEach(spec -> processes.add(new Supervised(spec, stopLimit, askers)));
        this.stateFile = stateFile;
    }

    /** Runs until {@link #end} is called, then ends all in their order. */
    public void run() throws IOException, InterruptedException {
        do {
            step();
            writeState();
        } while (!ending.await(50, TimeUnit.MILLISECONDS));
        endAll();
        askers.shutdownNow();
        Files.deleteIfExists(stateFile);
    }

    public void end() {
        ending.countDown();
    }

    private void endAll() throws IOException, InterruptedException {
        List<Supervised> last = processes.reversed();
        while (!last.isEmpty()) {
            int end = last.getFirst().spec().order().end();
            List<Supervised> together =
                    last.stream().takeWhile(each -> each.spec().order().end() == end).toList();
            for (Supervised each : together) {
                each.askToEnd();
            }
            for (Supervised each : together) {
                each.awaitEnd();
                writeState();
            }
            last = last.subList(together.size(), last.size());
        }
    }

    /** What comes later waits only the first time: once ready, a process keeps its followers. */
    private void step() throws IOException {
        int open = Integer.MAX_VALUE;
        for (Supervised each : processes) {
            boolean isNew = each.state().pid() == 0 && each.state().restarts() == 0;
            if (each.spec().order().start() > open && isNew) {
                continue;
            }
            each.step(Instant.now());
            if (!each.isReady()) {
                open = Math.min(open, each.spec().order().start());
            }
        }
    }

    private void writeState() throws IOException {
        List<ProcessState> states = processes.stream().map(Supervised::state).toList();
        String text = JSON.writeValueAsString(states);
        if (text.equals(written)) {
            return;
        }
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
