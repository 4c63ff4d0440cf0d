package dev.gantry.scheduler.shell;

import dev.gantry.client.metrics.MetricText;
import dev.gantry.client.shell.metrics.Counters;
import dev.gantry.client.shell.metrics.Histogram;
import dev.gantry.client.shell.metrics.Histograms;
import dev.gantry.model.cache.LruMap;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.AttemptWatcher;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the scheduler did, and what waits for it.
 *
 * <p>Compat: {@code pkg/scheduler/metrics}. A pod counts as scheduled when it is decided where it
 * goes; what the state service takes to commit that is not included. Pods with scheduling gates are
 * not known here.
 *
 * <p>Written by the thread that owns the cycle, read by anybody.
 */
final class SchedulerMetrics implements AttemptWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerMetrics.class);

    /** Of pods that fitted nowhere so far, and may have been deleted since. */
    private static final int REMEMBERED = 10_000;

    private static final String MOST_TRIES = "15+";
    private static final int TRIES_TOLD_APART = 15;

    private final Counters attempts =
            new Counters(
                    "scheduler_schedule_attempts_total",
                    "Attempts to schedule pods.",
                    "profile",
                    "result");
    private final Histograms durations =
            new Histograms(
                    "scheduler_scheduling_attempt_duration_seconds",
                    "How long attempts to schedule pods took, without their commit.",
                    Histogram.exponential(0.001, 2, 15),
                    "profile",
                    "result");
    private final Histograms waits =
            new Histograms(
                    "scheduler_pod_scheduling_sli_duration_seconds",
                    "How long pods waited until they were scheduled, over all attempts.",
                    Histogram.exponential(0.01, 2, 20),
                    "attempts");
    private final Histogram tries = new Histogram(Histogram.exponential(1, 2, 5));
    private final Histogram victims = new Histogram(Histogram.exponential(1, 2, 7));
    private final LongAdder preemptions = new LongAdder();

    /** When pods that were tried in vain were first in the queue; owned by the cycle's thread. */
    private final Map<Uid, Instant> firstSince = new LruMap<>(REMEMBERED);

    private volatile SchedulingQueue.Sizes waiting = new SchedulingQueue.Sizes(0, 0, 0);
    private volatile Map<SchedulingQueue.Rejection, Integer> rejections = Map.of();
    private volatile boolean isCaughtUp;

    /** To be called between two rounds. */
    void look(SchedulingCycle cycle) {
        waiting = cycle.waitingFor();
        isCaughtUp = cycle.isCaughtUp();
    }

    /** To be called now and then. Cost: it looks at each pod that is unschedulable. */
    void lookClosely(SchedulingCycle cycle) {
        rejections = cycle.rejections();
    }

    boolean isCaughtUp() {
        return isCaughtUp;
    }

    @Override
    public void attempted(Attempted attempt) {
        String result = attempt.result().name().toLowerCase(Locale.ROOT);
        attempts.add(attempt.profile(), result);
        durations.of(attempt.profile(), result).addNanos(attempt.nanos());
        if (attempt.result() == Result.SCHEDULED) {
            scheduled(attempt);
        } else {
            firstSince.putIfAbsent(attempt.pod(), attempt.since());
            // Compat: each attempt that fails asks whether others could make way.
            preemptions.increment();
        }
        if (attempt.victims() > 0) {
            victims.add(attempt.victims());
        }
    }

    @Override
    public void broken(PodInfo pod, String profile, RuntimeException bug) {
        LOG.error("an attempt to place pod {} met a bug; it is tried again", pod.key(), bug);
        attempts.add(profile, "error");
    }

    @Override
    public void leftOut(String input, RuntimeException bug) {
        LOG.error("the scheduler does not know, until it is told again: {}", input, bug);
    }

    private void scheduled(Attempted attempt) {
        Instant before = firstSince.remove(attempt.pod());
        Instant since = before == null ? attempt.since() : before;
        Duration waited = Duration.between(since, attempt.at()).plusNanos(attempt.nanos());
        boolean isTold = attempt.tries() < TRIES_TOLD_APART;
        waits.of(isTold ? Integer.toString(attempt.tries()) : MOST_TRIES).add(waited);
        tries.add(attempt.tries());
    }

    void append(StringBuilder text) {
        attempts.append(text);
        durations.append(text);
        waits.append(text);
        histogram(text, "scheduler_pod_scheduling_attempts", "Attempts until scheduled.", tries);
        histogram(text, "scheduler_preemption_victims", "Pods that made way for one.", victims);
        String total = "scheduler_preemption_attempts_total";
        MetricText.head(text, total, "counter", "Attempts to have others make way.");
        MetricText.sample(text, total, "", preemptions.sum());
        pending(text);
        unschedulable(text);
    }

    private void unschedulable(StringBuilder text) {
        String name = "scheduler_unschedulable_pods";
        MetricText.head(text, name, "gauge", "Pods that fit nowhere, by what rejected nodes.");
        rejections.forEach(
                (each, count) ->
                        MetricText.sample(
                                text,
                                name,
                                MetricText.label("plugin", each.rule())
                                        + ","
                                        + MetricText.label("profile", each.profile()),
                                count));
    }

    private void pending(StringBuilder text) {
        SchedulingQueue.Sizes now = waiting;
        String name = "scheduler_pending_pods";
        MetricText.head(text, name, "gauge", "Pods that wait for a node, by what they wait for.");
        MetricText.sample(text, name, MetricText.label("queue", "active"), now.active());
        MetricText.sample(text, name, MetricText.label("queue", "backoff"), now.backingOff());
        String unschedulable = MetricText.label("queue", "unschedulable");
        MetricText.sample(text, name, unschedulable, now.unschedulable());
    }

    private static void histogram(
            StringBuilder text, String name, String help, Histogram histogram) {
        MetricText.head(text, name, "histogram", help);
        histogram.append(name, "", text);
    }
}
