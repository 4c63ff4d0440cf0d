package dev.gantry.scheduler.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.snapshot.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a cycle does, as metrics tell it: a stopwatch by which each attempt takes 2 ms. */
final class SchedulerMetricsTest {
    private static final String PROFILE = "profile=\"packing\"";

    private final SchedulerMetrics metrics = new SchedulerMetrics();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private long nanos;
    private final SchedulingCycle cycle =
            new SchedulingCycle(
                    "default-scheduler",
                    Profiles.only(Profile.PACKING),
                    SchedulingQueue.USUAL_BACKOFF,
                    () -> nanos += 1_000_000,
                    metrics);

    @Test
    void tellHowAttemptsEndedAndHowLongThatTook() {
        begin();
        hear(Resources.PODS, Sample.pod("fits", "1", "1Gi", ""));
        hear(Resources.PODS, Sample.pod("huge", "100", "1Gi", ""));
        decide();

        assertThat(text())
                .contains(
                        "\nscheduler_schedule_attempts_total{"
                                + PROFILE
                                + ",result=\"scheduled\"} 1\n",
                        "\nscheduler_schedule_attempts_total{"
                                + PROFILE
                                + ",result=\"unschedulable\"} 1\n",
                        "\n# TYPE scheduler_scheduling_attempt_duration_seconds histogram\n",
                        "\nscheduler_scheduling_attempt_duration_seconds_bucket{"
                                + PROFILE
                                + ",result=\"scheduled\",le=\"0.001\"} 0\n",
                        "\nscheduler_scheduling_attempt_duration_seconds_count{"
                                + PROFILE
                                + ",result=\"scheduled\"} 1\n",
                        "\nscheduler_pod_scheduling_attempts_bucket{le=\"1\"} 1\n",
                        "\nscheduler_pod_scheduling_sli_duration_seconds_count{attempts=\"1\"} 1\n",
                        "\nscheduler_preemption_attempts_total 1\n",
                        "\n# TYPE scheduler_pending_pods gauge\n",
                        "\nscheduler_pending_pods{queue=\"active\"} 0\n",
                        "\nscheduler_pending_pods{queue=\"backoff\"} 0\n",
                        "\nscheduler_pending_pods{queue=\"unschedulable\"} 1\n",
                        "\nscheduler_unschedulable_pods{plugin=\"NodeResourcesFit\","
                                + PROFILE
                                + "} 1\n");
        assertThat(metrics.isCaughtUp()).isTrue();
    }

    @Test
    void tellHowLongAPodWaitedOverAllItsAttempts() {
        begin();
        hear(Resources.PODS, Sample.pod("wide", "6", "1Gi", ""));
        decide();
        now = now.plusSeconds(40);
        hear(Resources.NODES, Sample.node("big", "8", "8Gi", ""));
        decide();

        assertThat(text())
                .contains(
                        "\nscheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"2\",le=\"20.48\"} 0\n",
                        "\nscheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"2\",le=\"40.96\"} 1\n",
                        "\nscheduler_pod_scheduling_attempts_bucket{le=\"1\"} 0\n",
                        "\nscheduler_pod_scheduling_attempts_bucket{le=\"2\"} 1\n",
                        "\nscheduler_pending_pods{queue=\"unschedulable\"} 0\n");
    }

    @Test
    void countVictims() {
        begin();
        hear(Resources.PODS, Sample.pod("low", "3", "1Gi", ",'nodeName':'a'"));
        decide();
        hear(Resources.PODS, Sample.pod("high", "3", "1Gi", ",'priority':1000"));
        decide();

        assertThat(text())
                .contains(
                        "\n# TYPE scheduler_preemption_victims histogram\n",
                        "\nscheduler_preemption_victims_bucket{le=\"1\"} 1\n");
    }

    private void begin() {
        cycle.hear(SchedulerInput.Leading.ALONE, now);
        hear(Resources.NODES, Sample.node("a", "4", "8Gi", ""));
        cycle.hear(new SchedulerInput.CaughtUp(), now);
    }

    private void hear(GroupResource resource, Resource object) {
        cycle.hear(SchedulerInput.seen(object.key(resource), object), now);
    }

    private void decide() {
        cycle.decide(100, now);
        metrics.look(cycle);
        metrics.lookClosely(cycle);
    }

    private String text() {
        var text = new StringBuilder();
        metrics.append(text);
        return text.toString();
    }
}
