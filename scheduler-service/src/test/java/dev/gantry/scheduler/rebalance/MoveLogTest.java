package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MoveLogTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.700Z");

    private final MoveLog log = new MoveLog();

    @Test
    void countsEvictionsOfTheLastMinute() {
        log.evicted(move("p"), at(0));
        log.evicted(move("q"), at(30));
        log.refused(move("r"), at(30));

        assertThat(log.left(2, at(30))).isZero();
        assertThat(log.left(2, at(60))).isEqualTo(1);
        assertThat(log.left(2, at(90))).isEqualTo(2);
    }

    @Test
    void keepsItsPaceHoweverSomebodySetsTheClock() {
        log.evicted(move("p"), at(0));

        assertThat(log.left(1, new Moment(START.plusSeconds(9999), Duration.ofSeconds(59))))
                .isZero();
        assertThat(log.left(1, new Moment(START.minusSeconds(9999), Duration.ofSeconds(60))))
                .isEqualTo(1);
    }

    @Test
    void whoTookOverIsNewForAMinute() {
        log.led(Instant.EPOCH, at(0));
        assertThat(log.isNew(at(0))).as("nobody led before").isFalse();

        log.led(START, at(10));
        log.led(START, at(20));
        assertThat(log.isNew(at(69))).isTrue();
        assertThat(log.isNew(at(70))).isFalse();
    }

    @Test
    void aMoveIsUnderwayUntilThePodHasLeftAndASuccessorHasANode() {
        var snapshot = new ClusterSnapshot();
        PodInfo pod = Sample.podInfo("p", "1", "1Gi", "");
        snapshot.place(pod.leaving(), "a");
        log.evicted(move("p"), at(0));
        assertThat(log.underway(snapshot, at(100))).isEqualTo(1);

        snapshot.remove(pod.uid());
        PlacedPod older = successor("b", "2025-12-31T23:59:59Z");
        snapshot.place(older.pod(), older.node());
        assertThat(log.underway(snapshot, at(100))).as("no successor").isEqualTo(1);

        PlacedPod next = successor("b", "2026-01-01T00:00:00Z");
        snapshot.place(next.pod(), next.node());
        assertThat(log.underway(snapshot, at(100))).isZero();
        snapshot.remove(next.pod().uid());
        assertThat(log.underway(snapshot, at(100))).as("that move is over").isZero();
    }

    @Test
    void anEvictionWhoseAnswerGotLostIsOverWhenThePodStays() {
        var snapshot = new ClusterSnapshot();
        snapshot.place(Sample.podInfo("p", "1", "1Gi", ""), "a");
        log.evicted(move("p"), at(0));

        assertThat(log.underway(snapshot, at(59))).isEqualTo(1);
        assertThat(log.underway(snapshot, at(60))).isZero();
    }

    @Test
    void remembersWithWhomItWasTriedWhateverCameOfIt() {
        log.refused(move("p"), at(0));

        assertThat(log.hasTried("web", Duration.ofSeconds(9), at(8))).isTrue();
        assertThat(log.hasTried("web", Duration.ofSeconds(9), at(9))).isFalse();
        assertThat(log.hasTried("other", Duration.ofSeconds(9), at(8))).isFalse();
    }

    @Test
    void aSuccessorOnTheNodeThatWasLeftHasReturned() {
        log.evicted(move("p"), at(0));

        assertThat(log.hasReturned(successor("a", "2026-01-01T00:00:00Z"))).isTrue();
        assertThat(log.hasReturned(successor("b", "2026-01-01T00:00:00Z"))).isFalse();
        assertThat(log.hasReturned(successor("a", "2025-12-31T23:59:59Z"))).isFalse();
    }

    @Test
    void forgetsAfterAnHour() {
        log.evicted(move("p"), at(0));
        log.evicted(move("q"), at(3601));

        assertThat(log.hasTried("web", Duration.ofDays(1), at(3601))).isTrue();
        log.led(Instant.EPOCH, at(3600));
        assertThat(log.hasTried("web", Duration.ofDays(1), at(3600))).as("q").isTrue();
        log.led(Instant.EPOCH, at(7300));
        assertThat(log.hasTried("web", Duration.ofDays(1), at(7300))).isFalse();
    }

    private static Moment at(int second) {
        return new Moment(START.plusSeconds(second), Duration.ofSeconds(second));
    }

    private static Move move(String name) {
        var key = new ObjectKey(Resources.PODS, "default", name);
        return new Move(key, new Uid("uid-" + name), "web", "a", "b", Goal.EMPTY_NODES, "so");
    }

    private static PlacedPod successor(String node, String created) {
        var pod =
                Sample.object(
                        """
                        {'metadata':{'name':'s','namespace':'default','uid':'s','creationTimestamp':'%s',
                          'ownerReferences':[{'kind':'ReplicaSet','uid':'web','controller':true}]},
                         'spec':{'nodeName':'%s'}}
                        """
                                .formatted(created, node));
        return new PlacedPod(PodSighting.of(pod).info(), node, false);
    }
}
