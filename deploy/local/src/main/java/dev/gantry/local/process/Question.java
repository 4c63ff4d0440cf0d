package dev.gantry.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Whether one run of a process is ready, asked on a thread of its own, so that a slow answer keeps
 * nobody else waiting.
 *
 * <p>Invariant: only the supervisor's thread calls its methods; one question is under way at most.
 */
final class Question {
    /** A process that is up has lost its readiness for longer than the blink of an eye. */
    private static final Duration REGAIN = Duration.ofSeconds(1);

    /** Cost: asked without a pause, an API that just starts has answers to give instead. */
    private static final Duration RETRY = Duration.ofMillis(80);

    private final ProcessSpec.Readiness readiness;
    private final ExecutorService askers;
    private Instant next;
    private boolean ready;
    private boolean wasReady;
    private @Nullable Future<Boolean> asked;

    /**
     * @param first when to ask first
     */
    Question(ProcessSpec.Readiness readiness, ExecutorService askers, Instant first) {
        this.readiness = readiness;
        this.askers = askers;
        this.next = first;
    }

    boolean isReady() {
        return ready;
    }

    /** Whether it was ready at least once. */
    boolean wasReady() {
        return wasReady;
    }

    void step(Instant now) {
        Future<Boolean> answer = asked;
        if (answer == null) {
            boolean isSettled = ready && readiness.renewal().isZero();
            if (!isSettled && !now.isBefore(next)) {
                Callable<Boolean> question = readiness.probe()::isReady;
                asked = askers.submit(question);
            }
        } else if (answer.isDone()) {
            asked = null;
            ready = isYes(answer);
            wasReady |= ready;
            Duration pause = ready ? readiness.renewal() : wasReady ? REGAIN : RETRY;
            next = now.plus(pause);
        }
    }

    /** The process is gone: no answer about it counts any more. */
    void withdraw() {
        if (asked != null) {
            asked.cancel(true);
        }
    }

    private static boolean isYes(Future<Boolean> answer) {
        try {
            return answer.get();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException notYet) {
            return false;
        }
    }
}
