package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Profile;
import dev.gantry.scheduler.placement.Profiles;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.PodSighting;
import dev.gantry.scheduler.snapshot.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchedulingCycleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SchedulingCycle cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);
    private Instant now = START;

    @Test
    void decidesNothingBeforeTheWholeStateIsKnown() {
        hear(pod("p", "1", ""));
        hear(node("a", "2"));
        assertThat(decide()).isEmpty();

        cycle.hear(new Happening.CaughtUp(), now);
        assertThat(decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void placesAPodOnceUntilItsBindingIsRefused() {
        ready(node("a", "2"));
        hear(pod("p", "2", ""));
        Binding first = decide().getFirst();
        hear(pod("p", "2", ""));
        assertThat(decide()).isEmpty();

        cycle.hear(new Happening.Rejected(first), now);
        assertThat(decide()).as("in its back-off").isEmpty();
        pass(1);
        assertThat(decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void aDecisionTellsHowLongItTookInFewWords() {
        var stopwatch = new java.util.concurrent.atomic.AtomicLong();
        var measured =
                new SchedulingCycle(
                        "default-scheduler",
                        Profiles.only(Profile.PACKING),
                        () -> stopwatch.getAndAdd(41_000));
        for (Resource each :
                List.of(node("a", "2"), node("b", "1"), pod("p", "2", ""), pod("q", "8", ""))) {
            var kind = each.kind().equals("Pod") ? BuiltinKind.POD : BuiltinKind.NODE;
            measured.hear(Happening.seen(each.key(kind.resource()), each), now);
        }
        measured.hear(new Happening.CaughtUp(), now);

        assertThat(measured.decide(10, now))
                .extracting(Binding::explanation)
                .hasSize(2)
                .allMatch(why -> why.endsWith(",\"profile\":\"packing\",\"tookMicros\":41}"))
                .allMatch(why -> why.length() < 400);
    }

    @Test
    void aPredecessorsWordThatItTookBackIsNotBelieved() {
        ready(node("a", "2"));
        hear(pod("p", "2", ""));
        Binding placed = decide().getFirst();
        Binding takenBack =
                new Binding(
                        new Binding.Pod(placed.namespace(), placed.name(), placed.uid()),
                        0,
                        "",
                        Binding.Grounds.NONE);
        var successor = new SchedulingCycle("default-scheduler", Profile.PACKING);
        successor.hear(new Happening.Following(), now);
        successor.hear(new Happening.CaughtUp(), now);
        successor.hear(new Happening.Foretold(placed), now);
        successor.hear(new Happening.Leading(1), now);
        assertThat(successor.waitsUntil(now)).as("for the pod").isPresent();

        successor.hear(new Happening.Foretold(takenBack), now);

        assertThat(successor.waitsUntil(now)).isEmpty();
    }

    @Test
    void anAssumedPodTakesSpaceAtOnce() {
        ready(node("a", "2"));
        hear(pod("p", "2", ""));
        hear(pod("q", "2", ""));

        assertThat(decide()).extracting(Binding::node).containsExactlyInAnyOrder("a", "");
    }

    @Test
    void tellsTheSameBadNewsOnce() {
        ready(node("a", "1"));
        hear(pod("p", "2", ""));
        Binding told = decide().getFirst();
        assertThat(told.reason()).isEqualTo("Unschedulable");
        assertThat(told.message()).startsWith("0/1 nodes are available: 1 Insufficient cpu.");

        pass(600);
        cycle.sweep(now);
        assertThat(decide()).isEmpty();
    }

    @Test
    void aNodeThatFitsWakesTheParkedPod() {
        ready(node("a", "1"));
        hear(pod("p", "2", ""));
        decide();
        pass(20);
        hear(node("b", "1"));
        assertThat(cycle.hasWork()).as("too small to help").isFalse();
        hear(node("c", "2"));

        assertThat(decide()).extracting(Binding::node).containsExactly("c");
    }

    @Test
    void tellsAnewWhyAPodWaitsWhenNodesChanged() {
        ready();
        hear(pod("p", "2", ""));
        assertThat(decide().getFirst().message()).isEqualTo("no nodes available to schedule pods");
        pass(5);
        hear(node("a", "1"));
        assertThat(decide().getFirst().message()).startsWith("0/1 nodes are available");
        pass(20);
        hear(node("b", "1"));
        cycle.sweep(now);
        assertThat(decide().getFirst().message()).startsWith("0/2 nodes are available");
    }

    @Test
    void aPodThatEndsMakesRoomForTheParkedOne() {
        ready(node("a", "2"));
        hear(pod("old", "2", ",'nodeName':'a'"));
        hear(pod("p", "2", ""));
        decide();
        pass(20);
        Resource done = pod("old", "2", ",'nodeName':'a'").copy();
        Resource.child(done.tree(), "status").put("phase", "Succeeded");
        hear(done);

        assertThat(decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void aPodThatIsDeletedMakesRoomForTheParkedOne() {
        ready(node("a", "2"));
        Resource old = pod("old", "2", ",'nodeName':'a'");
        hear(old);
        hear(pod("p", "2", ""));
        decide();
        pass(20);
        cycle.hear(new Happening.PodGone(PodSighting.of(old).demand().key()), now);

        assertThat(decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void leavesGatedPodsAndOthersPodsAlone() {
        ready(node("a", "2"));
        hear(pod("gated", "1", ",'schedulingGates':[{'name':'g'}]"));
        Resource foreign = pod("foreign", "1", "").copy();
        Resource.child(foreign.tree(), "spec").put("schedulerName", "other");
        hear(foreign);

        assertThat(decide()).isEmpty();
    }

    @Test
    void higherPriorityGoesFirst() {
        ready(node("a", "1"));
        hear(pod("low", "1", ",'priority':1"));
        hear(pod("high", "1", ",'priority':100"));

        assertThat(decide().getFirst().name()).isEqualTo("high");
    }

    @Test
    void repeatsABindingThatNobodyConfirms() {
        ready(node("a", "2"));
        hear(pod("p", "1", ""));
        List<Binding> first = decide();
        pass(29);
        assertThat(decide()).isEmpty();
        pass(2);
        List<Binding> again = decide();
        assertThat(again)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("stamp")
                .isEqualTo(first);
        assertThat(again.getFirst().stamp()).isNotEqualTo(first.getFirst().stamp());

        cycle.hear(new Happening.Rejected(first.getFirst()), now);
        pass(11);
        assertThat(decide()).as("only the answer to the last one counts").isEmpty();
        cycle.hear(new Happening.Rejected(again.getFirst()), now);
        pass(11);
        assertThat(decide()).hasSize(1);
    }

    @Test
    void aPodBoundElsewhereFreesWhatWasAssumed() {
        ready(node("a", "2"));
        hear(pod("p", "2", ""));
        assertThat(decide()).extracting(Binding::node).containsExactly("a");
        hear(node("b", "1"));
        hear(pod("p", "2", ",'nodeName':'b'"));
        hear(pod("q", "2", ""));

        assertThat(decide()).extracting(Binding::node).containsExactly("a");
    }

    private void ready(Resource... nodes) {
        for (Resource node : nodes) {
            hear(node);
        }
        cycle.hear(new Happening.CaughtUp(), now);
    }

    private List<Binding> decide() {
        return cycle.decide(100, now);
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private void hear(Resource object) {
        Happening happening =
                object.kind().equals("Node")
                        ? new Happening.NodeSeen(NodeFacts.of(object))
                        : new Happening.PodSeen(PodSighting.of(object));
        cycle.hear(happening, now);
    }

    private static Resource node(String name, String cpu) {
        return Sample.node(name, cpu, "64Gi", "");
    }

    private static Resource pod(String name, String cpu, String moreSpec) {
        return Sample.pod(name, cpu, "1Gi", moreSpec);
    }
}
