package dev.gantry.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
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
    private final Runnable onAnswer;
    private Instant next;
    private boolean ready;
    private boolean wasReady;
    private @Nullable Future<Boolean> asked;

    /**
     * @param first when to ask first
     * @param onAnswer called when there is something to step for
     */
    Question(
            ProcessSpec.Readiness readiness,
            ExecutorService askers,
            Instant first,
            Runnable onAnswer) {
        this.readiness = readiness;
        this.askers = askers;
        this.next = first;
        this.onAnswer = onAnswer;
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
            if (!isSettled() && !now.isBefore(next)) {
                asked = ask();
            }
        } else if (answer.isDone()) {
            asked = null;
            ready = isYes(answer);
            wasReady |= ready;
            Duration pause = ready ? readiness.renewal() : wasReady ? REGAIN : RETRY;
            next = now.plus(pause);
        }
    }

    /** When to step next, unless there is an answer before. */
    Instant due() {
        return asked != null || isSettled() ? Instant.MAX : next;
    }

    private boolean isSettled() {
        return ready && readiness.renewal().isZero();
    }

    private Future<Boolean> ask() {
        var question =
                new FutureTask<>(readiness.probe()::isReady) {
                    @Override
                    protected void done() {
                        onAnswer.run();
                    }
                };
        askers.execute(question);
        return question;
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
