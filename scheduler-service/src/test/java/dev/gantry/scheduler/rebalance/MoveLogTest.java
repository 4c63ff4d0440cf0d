package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MoveLogTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.700Z");

    private final MoveLog log = new MoveLog();

    @Test
    void countsEvictionsOfTheLastMinute() {
        log.evicted(move("p"), START);
        log.evicted(move("q"), START.plusSeconds(30));
        log.refused(move("r"), START.plusSeconds(30));

        assertThat(log.left(2, START.plusSeconds(30))).isZero();
        assertThat(log.left(2, START.plusSeconds(60))).isEqualTo(1);
        assertThat(log.left(2, START.plusSeconds(90))).isEqualTo(2);
    }

    @Test
    void aMoveIsUnderwayUntilThePodHasLeft() {
        var snapshot = new ClusterSnapshot();
        PodDemand pod = Sample.demand("p", "1", "1Gi", "");
        snapshot.place(pod, "a");
        log.evicted(move("p"), START);
        log.evicted(move("gone"), START);

        assertThat(log.underway(snapshot)).isEqualTo(1);
        snapshot.remove(pod.uid());
        assertThat(log.underway(snapshot)).isZero();
    }

    @Test
    void remembersWithWhomItWasTriedWhateverCameOfIt() {
        log.refused(move("p"), START);

        assertThat(log.hasTried("web", START.minusSeconds(1))).isTrue();
        assertThat(log.hasTried("web", START)).isFalse();
        assertThat(log.hasTried("other", START.minusSeconds(1))).isFalse();
    }

    @Test
    void aSuccessorOnTheNodeThatWasLeftHasReturned() {
        log.evicted(move("p"), START);

        assertThat(log.hasReturned(successor("a", "2026-01-01T00:00:00Z"))).isTrue();
        assertThat(log.hasReturned(successor("b", "2026-01-01T00:00:00Z"))).isFalse();
        assertThat(log.hasReturned(successor("a", "2025-12-31T23:59:59Z"))).isFalse();
    }

    @Test
    void forgetsAfterAnHour() {
        log.evicted(move("p"), START);
        log.evicted(move("q"), START.plusSeconds(3601));

        assertThat(log.hasTried("web", Instant.EPOCH)).isTrue();
        log.evicted(other(), START.plusSeconds(7300));
        assertThat(log.hasTried("web", Instant.EPOCH)).isFalse();
    }

    private static Move move(String name) {
        var key = new ObjectKey(BuiltinKind.POD.resource(), "default", name);
        return new Move(key, new Uid("uid-" + name), "web", "a", "b", Goal.EMPTY_NODES, "so");
    }

    private static Move other() {
        var key = new ObjectKey(BuiltinKind.POD.resource(), "default", "o");
        return new Move(key, new Uid("uid-o"), "other", "a", "b", Goal.EMPTY_NODES, "so");
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
        return new PlacedPod(PodSighting.of(pod).demand(), node);
    }
}
