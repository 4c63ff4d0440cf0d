package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.rebalance.QuiescentSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class QuiescentSnapshotTest {
    private static final Duration SETTLE = Duration.ofMinutes(5);

    private final SchedulingCycle cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    QuiescentSnapshotTest() {
        cycle.hear(SchedulerInput.Leading.ALONE, now);
    }

    @Test
    void aNewLeaderIsQuiescentOnceItHasLedForTheSettleTime() {
        cycle.hear(new SchedulerInput.Following(), now);
        settledNode();
        assertThat(quiescent()).as("somebody else leads").isEmpty();

        cycle.hear(new SchedulerInput.Leading(1), now);
        assertThat(quiescent()).isEmpty();
        now = now.plus(SETTLE);
        assertThat(quiescent()).isPresent();
    }

    @Test
    void isNotQuiescentWhileAPlacementIsUnconfirmed() {
        settledNode();
        Resource pod = Sample.pod("p", "1", "1Gi", "");
        hear(Kinds.POD, pod);
        List<Binding> placed = cycle.decide(10, now);
        assertThat(placed).hasSize(1);
        assertThat(quiescent()).isEmpty();

        ((ObjectNode) pod.spec()).put("nodeName", "a");
        hear(Kinds.POD, pod);
        assertThat(quiescent()).isPresent();
    }

    @Test
    void nodesThatComeOrGoOrAreCordonedUnsettleAndNewImagesDoNot() {
        Resource node = settledNode();
        ((ObjectNode) node.status())
                .putArray("images")
                .addObject()
                .put("sizeBytes", 5)
                .putArray("names")
                .add("i:1");
        hear(Kinds.NODE, node);
        assertThat(quiescent()).isPresent();

        hear(Kinds.NODE, Sample.node("a", "4", "8Gi", "'unschedulable':true"));
        assertThat(quiescent()).isEmpty();
        now = now.plus(SETTLE);
        assertThat(quiescent()).isPresent();

        cycle.hear(SchedulerInput.gone(node.key(Resources.NODES)), now);
        assertThat(quiescent()).isEmpty();
    }

    @Test
    void whoFitsNowhereHoldsUpNobodyElse() {
        settledNode();
        Resource huge = Sample.pod("huge", "100", "1Gi", "");
        huge.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("kind", "ReplicaSet")
                .put("uid", "web")
                .put("controller", true);
        hear(Kinds.POD, huge);
        assertThat(quiescent()).as("it is to be tried").isEmpty();

        cycle.decide(10, now);
        assertThat(quiescent().orElseThrow().waiting()).containsExactly("web");
    }

    @Test
    void tellsSinceWhenItLedUnlessNobodyLedBefore() {
        settledNode();
        cycle.hear(new SchedulerInput.Leading(1), now);
        now = now.plus(SETTLE);
        assertThat(quiescent().orElseThrow().leadingSince()).isEqualTo(Instant.EPOCH);

        Instant again = now;
        cycle.hear(new SchedulerInput.Leading(2), now);
        now = now.plus(SETTLE);
        assertThat(quiescent().orElseThrow().leadingSince()).isEqualTo(again);
    }

    private Resource settledNode() {
        Resource node = Sample.node("a", "4", "8Gi", "");
        hear(Kinds.NODE, node);
        cycle.hear(new SchedulerInput.CaughtUp(), now);
        now = now.plus(SETTLE);
        return node;
    }

    private Optional<QuiescentSnapshot> quiescent() {
        return cycle.quiescent(SETTLE, now);
    }

    private void hear(Kind kind, Resource object) {
        cycle.hear(SchedulerInput.seen(object.key(kind.resource()), object), now);
    }
}
