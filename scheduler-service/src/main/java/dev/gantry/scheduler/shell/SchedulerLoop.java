package dev.gantry.scheduler.shell;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.client.shell.loop.SteadyTime;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.shell.bind.BindingSender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** The one thread that owns the cycle: hear all that is there, decide, send. */
final class SchedulerLoop implements AutoCloseable {
    private static final int INBOX = 50_000;

    /** Small, so that each decision is told with the time when it fell. */
    private static final int BATCH = 64;

    private static final int QUESTIONS = 8;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final int HEARD_AT_ONCE = 2048;
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final SchedulingCycle cycle;
    private final BindingSender sender;
    private final SchedulerMetrics metrics;
    private final BlockingQueue<SchedulerInput> inbox = new LinkedBlockingQueue<>(INBOX);
    private final BlockingQueue<Runnable> questions = new ArrayBlockingQueue<>(QUESTIONS);
    private final SteadyTime time = new SteadyTime(Instant.now(), System::nanoTime);
    private final Loop loop = new Loop("scheduler", this::run);

    SchedulerLoop(SchedulingCycle cycle, BindingSender sender, SchedulerMetrics metrics) {
        this.cycle = cycle;
        this.sender = sender;
        this.metrics = metrics;
    }

    void start() {
        loop.start();
    }

    /** Blocks while the inbox is full, which slows the feed down to our pace. */
    void hear(SchedulerInput happening) {
        try {
            inbox.put(happening);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks the cycle between two of its rounds, which is within a second or so, by its own time.
     * The question is to be short, for nothing is placed meanwhile, and the answer must share
     * nothing that changes.
     */
    <T> T ask(BiFunction<SchedulingCycle, Instant, T> question) throws InterruptedException {
        BlockingQueue<T> answer = new ArrayBlockingQueue<>(1);
        questions.put(() -> answer.add(question.apply(cycle, time.now())));
        T given = answer.poll(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
        if (given == null) {
            throw new IllegalStateException("the scheduler gave no answer in " + LONGEST_ANSWER);
        }
        return given;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        List<SchedulerInput> heard = new ArrayList<>();
        Instant nextSweep = time.now().plus(SWEEP);
        while (!loop.isClosed()) {
            listen(heard);
            Instant now = time.now();
            heard.forEach(each -> cycle.hear(each, now));
            heard.clear();
            if (now.isAfter(nextSweep)) {
                cycle.sweep(now);
                metrics.lookClosely(cycle);
                nextSweep = now.plus(SWEEP);
            }
            cycle.decide(BATCH, time.now()).forEach(sender::send);
            metrics.look(cycle);
            Runnable question = questions.poll();
            if (question != null) {
                question.run();
            }
        }
    }

    private void listen(List<SchedulerInput> heard) throws InterruptedException {
        Duration pause = pause(time.now());
        if (!pause.isZero()) {
            SchedulerInput first = inbox.poll(Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
            if (first != null) {
                heard.add(first);
            }
        }
        inbox.drainTo(heard, HEARD_AT_ONCE);
    }

    /** Waits for news only when there is nothing to decide, or when that has to wait. */
    private Duration pause(Instant now) {
        Optional<Instant> wait = cycle.waitsUntil(now);
        if (wait.isEmpty() && cycle.hasWork()) {
            return Duration.ZERO;
        }
        return wait.or(cycle::nextDue)
                .map(due -> Duration.between(now, due))
                .filter(due -> due.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
    }
}
