package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.rebalance.Calm;
import dev.gantry.scheduler.snapshot.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class CalmTest {
    private static final Duration SETTLE = Duration.ofMinutes(5);

    private final SchedulingCycle cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aNewLeaderIsCalmOnceItHasLedForTheSettleTime() {
        cycle.hear(new Happening.Following(), now);
        settledNode();
        assertThat(calm()).as("somebody else leads").isEmpty();

        cycle.hear(new Happening.Leading(1), now);
        assertThat(calm()).isEmpty();
        now = now.plus(SETTLE);
        assertThat(calm()).isPresent();
    }

    @Test
    void isNotCalmWhileAPlacementIsUnconfirmed() {
        settledNode();
        Resource pod = Sample.pod("p", "1", "1Gi", "");
        hear(BuiltinKind.POD, pod);
        List<Binding> placed = cycle.decide(10, now);
        assertThat(placed).hasSize(1);
        assertThat(calm()).isEmpty();

        ((ObjectNode) pod.spec()).put("nodeName", "a");
        hear(BuiltinKind.POD, pod);
        assertThat(calm()).isPresent();
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
        hear(BuiltinKind.NODE, node);
        assertThat(calm()).isPresent();

        hear(BuiltinKind.NODE, Sample.node("a", "4", "8Gi", "'unschedulable':true"));
        assertThat(calm()).isEmpty();
        now = now.plus(SETTLE);
        assertThat(calm()).isPresent();

        cycle.hear(Happening.gone(node.key(Resources.NODES)), now);
        assertThat(calm()).isEmpty();
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
        hear(BuiltinKind.POD, huge);
        assertThat(calm()).as("it is to be tried").isEmpty();

        cycle.decide(10, now);
        assertThat(calm().orElseThrow().waiting()).containsExactly("web");
    }

    @Test
    void tellsSinceWhenItLedUnlessNobodyLedBefore() {
        settledNode();
        cycle.hear(new Happening.Leading(1), now);
        now = now.plus(SETTLE);
        assertThat(calm().orElseThrow().leadingSince()).isEqualTo(Instant.EPOCH);

        Instant again = now;
        cycle.hear(new Happening.Leading(2), now);
        now = now.plus(SETTLE);
        assertThat(calm().orElseThrow().leadingSince()).isEqualTo(again);
    }

    private Resource settledNode() {
        Resource node = Sample.node("a", "4", "8Gi", "");
        hear(BuiltinKind.NODE, node);
        cycle.hear(new Happening.CaughtUp(), now);
        now = now.plus(SETTLE);
        return node;
    }

    private Optional<Calm> calm() {
        return cycle.calm(SETTLE, now);
    }

    private void hear(BuiltinKind kind, Resource object) {
        cycle.hear(Happening.seen(object.key(kind.resource()), object), now);
    }
}
