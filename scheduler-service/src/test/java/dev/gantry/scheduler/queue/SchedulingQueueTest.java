package dev.gantry.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SchedulingQueueTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final SchedulingQueue queue = new SchedulingQueue(SchedulingQueue.USUAL_BACKOFF);
    private Instant now = START;

    @Test
    void theBackOffDoublesFromOneSecondToTen() {
        queue.add(pod("p", "1"), now);

        List<Integer> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            queue.addUnschedulable(taken(), new TreeSet<>(), now);
            queue.wake(_ -> true, now);
            waits.add(secondsUntilTried());
        }

        assertThat(waits).containsExactly(1, 2, 4, 8, 10, 10);
    }

    @Test
    void soDoesThatOfAPodWhoseBindingsAreRefused() {
        PodInfo pod = pod("p", "1");

        List<Integer> waits = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            queue.retry(pod, now);
            waits.add(secondsUntilTried());
            taken();
        }
        queue.forget(pod.uid());
        queue.retry(pod, now);
        waits.add(secondsUntilTried());

        assertThat(waits).containsExactly(1, 2, 4, 1);
    }

    @Test
    void refusalsCountInARow() {
        PodInfo pod = pod("p", "1");
        queue.retry(pod, now);
        secondsUntilTried();
        queue.addUnschedulable(taken(), new TreeSet<>(), now);
        queue.wake(_ -> true, now.plusSeconds(60));
        taken(now.plusSeconds(60));

        queue.retry(pod, now);

        assertThat(secondsUntilTried()).isEqualTo(1);
    }

    @Test
    void anUnschedulablePodThatChangedIsTriedAfterItsBackOff() {
        queue.add(pod("p", "1"), now);
        queue.addUnschedulable(taken(), new TreeSet<>(), now);

        queue.add(pod("p", "2"), now);

        assertThat(secondsUntilTried()).isEqualTo(1);
    }

    @Test
    void anUnschedulablePodThatStaysTheSameStaysUnschedulable() {
        queue.add(pod("p", "1"), now);
        queue.addUnschedulable(taken(), new TreeSet<>(), now);

        queue.add(pod("p", "1"), now.plusSeconds(60));

        assertThat(queue.take(now.plusSeconds(120))).isEmpty();
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void theMoreImportantGoesFirstAndThenTheOlder() {
        queue.add(created("young", "2026-01-01T03:00:00Z", 5), now);
        queue.add(created("old", "2026-01-01T01:00:00Z", 5), now);
        queue.add(created("important", "2026-01-01T09:00:00Z", 7), now);

        List<String> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            order.add(taken().pod().key().name());
        }
        assertThat(order).containsExactly("important", "old", "young");
    }

    @Test
    void whatHasBeenUnschedulableForMoreThanFiveMinutesIsTriedAgain() {
        queue.add(pod("p", "1"), now);
        queue.addUnschedulable(taken(), new TreeSet<>(), now);

        queue.sweep(Instant.EPOCH, START.plusSeconds(300));
        assertThat(queue.take(START.plusSeconds(300))).isEmpty();
        queue.sweep(Instant.EPOCH, START.plusSeconds(301));
        assertThat(queue.take(START.plusSeconds(301))).isPresent();
    }

    /** Lets the time pass until there is something to try, which stays in the queue. */
    @Test
    void onePodThatIsSeenAnewHasBeenUnschedulableForNoLessTime() {
        queue.add(pod("longer", "1"), now);
        queue.addUnschedulable(taken(), new TreeSet<>(), now);
        Instant next = now.plusSeconds(60);
        queue.add(pod("shorter", "1"), next);
        queue.addUnschedulable(taken(next), new TreeSet<>(), next);

        queue.add(pod("longer", "1"), next);
        queue.sweep(Instant.EPOCH, now.plusSeconds(301));

        assertThat(queue.sizes()).isEqualTo(new SchedulingQueue.Sizes(1, 0, 1));
        assertThat(taken(now.plusSeconds(301)).pod().key().name()).isEqualTo("longer");
    }

    private int secondsUntilTried() {
        for (int seconds = 0; seconds <= 60; seconds++) {
            if (!queue.hasActive()
                    && queue.nextDue().filter(due -> !due.isAfter(now)).isPresent()) {
                return seconds;
            }
            now = now.plusSeconds(1);
        }
        return -1;
    }

    private Attempt taken() {
        return taken(now);
    }

    private Attempt taken(Instant when) {
        Optional<Attempt> attempt = queue.take(when);
        return attempt.orElseThrow();
    }

    private static PodInfo pod(String name, String cpu) {
        return Sample.podInfo(name, cpu, "1Gi", "");
    }

    private static PodInfo created(String name, String when, int priority) {
        Resource pod = Sample.pod(name, "1", "1Gi", ",'priority':" + priority);
        pod.mutableMetadata().put("creationTimestamp", when);
        return PodSighting.of(pod).info();
    }
}
