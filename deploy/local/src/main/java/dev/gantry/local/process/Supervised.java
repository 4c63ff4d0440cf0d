package dev.gantry.local.process;

import dev.gantry.client.queue.Backoff;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One process kept alive: started, watched, started again with a back-off when it ends.
 *
 * <pre>
 *   stopped ──start──► starting ──probe──► ready ◄──probe──► not ready
 *                         ▲                  │ exit              │ exit
 *                         └──── waiting ◄────┴───────────────────┘
 * </pre>
 *
 * Invariant: only the supervisor's thread steps it and ends it, by a time that nobody sets; what
 * people read tells the time of the clock.
 */
final class Supervised {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
    private static final Duration STEADY = Duration.ofSeconds(30);
    private static final Duration FIRST_QUESTION = Duration.ofMillis(100);

    private final ProcessSpec spec;
    private final Duration stopLimit;
    private final ExecutorService askers;
    private final Runnable onNews;
    private @Nullable Process process;
    private Instant startedAt = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private int failures;
    private int restarts;
    private Question question;
    private String lastExit = "";

    /**
     * @param onNews called, by any thread, when there is something to step for
     */
    Supervised(ProcessSpec spec, Duration stopLimit, ExecutorService askers, Runnable onNews) {
        this.spec = spec;
        this.stopLimit = stopLimit;
        this.askers = askers;
        this.onNews = onNews;
        this.question = questionFrom(Instant.MAX);
    }

    ProcessSpec spec() {
        return spec;
    }

    ProcessState state() {
        Process now = process;
        String word = now == null ? (failures > 0 ? "waiting" : "stopped") : readiness();
        return new ProcessState(
                spec.name(),
                now == null ? 0 : now.pid(),
                word,
                restarts,
                lastExit,
                spec.logFile().toString());
    }

    void step(Instant now) {
        Process running = process;
        if (running != null && !running.isAlive()) {
            ended(running, now);
            return;
        }
        if (running == null) {
            if (!now.isBefore(notBefore)) {
                start(now);
            }
            return;
        }
        question.step(now);
    }

    /** When to step next, unless there are news before. */
    Instant due() {
        return process == null ? notBefore : question.due();
    }

    void boundLog() throws IOException {
        new LogFile(spec.logFile()).emptyIfFull();
    }

    /** Asks it to end, after what must be done before. */
    void askToEnd() throws InterruptedException, IOException {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            spec.stop().before().run();
        } catch (InterruptedException hurried) {
            throw hurried;
        } catch (Exception failed) {
            System.err.printf("before stopping %s: %s%n", spec.name(), failed);
        }
        String signal = "-" + spec.stop().signal();
        var told = Command.attempt(List.of("kill", signal, Long.toString(running.pid())), "");
        // One that ends by itself just now need not be told.
        if (!told.isGood() && running.isAlive()) {
            throw new IOException("%s was not stopped: %s".formatted(spec.name(), told.output()));
        }
    }

    /** Once asked: waits for its end, and kills it when that takes too long. */
    void awaitEnd() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return;
        }
        if (!running.waitFor(stopLimit.toMillis(), TimeUnit.MILLISECONDS)) {
            running.destroyForcibly().waitFor();
        }
        forget();
    }

    private String readiness() {
        return question.isReady() ? "ready" : question.wasReady() ? "not ready" : "starting";
    }

    /** One that cannot even be started counts like one that ended at once. */
    private void start(Instant now) {
        try {
            process = launch();
        } catch (IOException refused) {
            failures++;
            notBefore = BACKOFF.next(failures, now);
            lastExit = "not started at " + Instant.now() + ": " + refused.getMessage();
            return;
        }
        startedAt = now;
        question = questionFrom(now.plus(FIRST_QUESTION));
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(spec.command());
        builder.environment().putAll(spec.environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.logFile().toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Process started = builder.start();
        started.onExit().thenRun(onNews);
        return started;
    }

    private void ended(Process dead, Instant now) {
        boolean wasSteady = Duration.between(startedAt, now).compareTo(STEADY) > 0;
        failures = wasSteady ? 1 : failures + 1;
        restarts++;
        notBefore = BACKOFF.next(failures, now);
        int code = dead.exitValue();
        lastExit =
                (code > 128 ? "killed by signal " + (code - 128) : "exit code " + code)
                        + " at "
                        + Instant.now();
        forget();
    }

    private void forget() {
        process = null;
        question.withdraw();
        question = questionFrom(Instant.MAX);
    }

    private Question questionFrom(Instant first) {
        return new Question(spec.ready(), askers, first, onNews);
    }
}
