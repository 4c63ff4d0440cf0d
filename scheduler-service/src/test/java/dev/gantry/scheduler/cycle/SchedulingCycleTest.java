package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.queue.Backoff;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SchedulingCycleTest {
    private final DrivenCycle driven = new DrivenCycle();

    @Test
    void aCycleDecidesNothingBeforeItIsToldToLead() {
        var cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);
        Instant now = Instant.EPOCH;
        for (Resource each :
                List.of(Sample.node("a", "4", "8Gi", ""), Sample.pod("p", "1", "1Gi", ""))) {
            GroupResource resource = each.kind().equals("Node") ? Resources.NODES : Resources.PODS;
            cycle.hear(SchedulerInput.seen(each.key(resource), each), now);
        }
        cycle.hear(new SchedulerInput.CaughtUp(), now);
        assertThat(cycle.hasWork()).isFalse();
        assertThat(cycle.decide(10, now)).isEmpty();

        cycle.hear(SchedulerInput.Leading.ALONE, now);
        assertThat(cycle.decide(10, now)).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void decidesNothingBeforeTheWholeStateIsKnown() {
        driven.hear(pod("p", "1", ""));
        driven.hear(node("a", "2"));
        assertThat(driven.decide()).isEmpty();

        driven.hear(new SchedulerInput.CaughtUp());
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void placesAPodOnceUntilItsBindingIsRefused() {
        driven.ready(node("a", "2"));
        driven.hear(pod("p", "2", ""));
        Binding first = driven.decide().getFirst();
        driven.hear(pod("p", "2", ""));
        assertThat(driven.decide()).isEmpty();

        driven.hear(new SchedulerInput.Rejected(first));
        assertThat(driven.decide()).as("in its back-off").isEmpty();
        driven.pass(1);
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void howLongARefusedPodWaitsCanBeChosen() {
        var backoff = new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(4));
        var patient =
                new DrivenCycle(
                        new SchedulingCycle(
                                "default-scheduler",
                                Profiles.only(Profile.PACKING),
                                backoff,
                                () -> 0));
        patient.ready(node("a", "2"), pod("p", "1", ""));

        for (int seconds : List.of(3, 4, 4)) {
            patient.hear(new SchedulerInput.Rejected(patient.decide().getFirst()));
            patient.pass(seconds - 1);
            assertThat(patient.decide()).as("in its back-off").isEmpty();
            patient.pass(1);
        }
        assertThat(patient.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void aDecisionTellsHowLongItTookInFewWords() {
        var stopwatch = new AtomicLong();
        var measured =
                new DrivenCycle(
                        new SchedulingCycle(
                                "default-scheduler",
                                Profiles.only(Profile.PACKING),
                                () -> stopwatch.getAndAdd(41_000)));
        measured.ready(node("a", "2"), node("b", "1"), pod("p", "2", ""), pod("q", "8", ""));

        assertThat(measured.decide())
                .extracting(Binding::explanation)
                .hasSize(2)
                .allMatch(why -> why.endsWith(",\"profile\":\"packing\",\"tookMicros\":41}"))
                .allMatch(why -> why.length() < 400);
    }

    @Test
    void aPredecessorsWordThatItTookBackIsNotBelieved() {
        driven.ready(node("a", "2"));
        driven.hear(pod("p", "2", ""));
        Binding placed = driven.decide().getFirst();
        Binding takenBack =
                new Binding(placed.pod(), 0, "", Binding.Grounds.NONE)
                        .stamped(new Binding.Stamp(0, placed.stamp().number() + 1));
        var successor = new DrivenCycle();
        successor.hear(new SchedulerInput.Following());
        successor.ready();
        successor.hear(new SchedulerInput.BindingReplayed(placed));
        successor.hear(new SchedulerInput.Leading(1));
        assertThat(successor.isWaiting()).as("for the pod").isTrue();

        successor.hear(new SchedulerInput.BindingReplayed(takenBack));

        assertThat(successor.isWaiting()).isFalse();
    }

    @Test
    void anAssumedPodTakesSpaceAtOnce() {
        driven.ready(node("a", "2"));
        driven.hear(pod("p", "2", ""));
        driven.hear(pod("q", "2", ""));

        assertThat(driven.decide()).extracting(Binding::node).containsExactlyInAnyOrder("a", "");
    }

    /** Compat: as in the scheduler's cache upstream. Its containers may run for all their grace. */
    @Test
    void aPodThatIsEndingKeepsItsSpaceUntilItIsGone() {
        Resource ending = pod("ending", "2", ",'nodeName':'a'");
        ending.mutableMetadata().put("deletionTimestamp", "2026-01-01T00:01:00Z");
        driven.ready(node("a", "2"));
        driven.hear(ending);
        driven.hear(pod("p", "2", ""));
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("");

        driven.gone(ending);
        driven.pass(10);
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void tellsTheSameBadNewsOnce() {
        driven.ready(node("a", "1"));
        driven.hear(pod("p", "2", ""));
        Binding told = driven.decide().getFirst();
        assertThat(told.reason()).isEqualTo("Unschedulable");
        assertThat(told.message()).startsWith("0/1 nodes are available: 1 Insufficient cpu.");

        driven.pass(600);
        driven.sweep();
        assertThat(driven.decide()).isEmpty();
    }

    @Test
    void aNodeThatFitsWakesTheUnschedulablePod() {
        driven.ready(node("a", "1"));
        driven.hear(pod("p", "2", ""));
        driven.decide();
        driven.pass(20);
        driven.hear(node("b", "1"));
        assertThat(driven.cycle.hasWork()).as("too small to help").isFalse();
        driven.hear(node("c", "2"));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("c");
    }

    @Test
    void aNodeThatMovesToAnotherZoneFreesTheOldOneForAPodThatWantsToBeAlone() {
        driven.ready(node("x", "1"), node("y", "1"));
        driven.hear(labelled(pod("web", "1", ",'nodeName':'x'")));
        driven.hear(pod("p", "1", affinity("podAntiAffinity")));
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("");
        driven.pass(20);

        driven.hear(inZone("z2", node("x", "1")));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("y");
    }

    @Test
    void aReplicaThatTheProfilesOwnSpreadHoldsBackIsTriedWhenASiblingComesElsewhere() {
        var spread =
                new DrivenCycle(
                        new SchedulingCycle(
                                "default-scheduler",
                                Profiles.of(
                                        Map.of("even.default-spread", "zone=1=required"), "even"),
                                () -> 0));
        spread.ready(node("a", "1"), inZone("z2", node("b", "4")));
        spread.hear(replica("r1", "a"));
        spread.hear(replica("r2", "b"));
        spread.hear(replica("r3", "b"));
        spread.hear(replica("r4", ""));
        assertThat(spread.decide()).extracting(Binding::node).containsExactly("");
        spread.pass(20);

        spread.hear(replica("r5", "a"));

        assertThat(spread.decide()).extracting(Binding::node).containsExactly("b");
    }

    @Test
    void withTheLastOfItsKindGoneAPodMayBeTheFirst() {
        driven.ready(
                Sample.node("x", "1", "64Gi", "'unschedulable':true"),
                inZone("z2", node("y", "1")));
        Resource web = labelled(pod("web", "1", ",'nodeName':'x'"));
        driven.hear(web);
        driven.hear(labelled(pod("p", "1", affinity("podAffinity"))));
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("");
        driven.pass(20);

        driven.gone(web);

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("y");
    }

    @Test
    void aPodWhoseAffinityNamesTwoNodesAtOnceFitsNone() {
        driven.ready(node("a", "1"), node("b", "1"));
        String field = "{'key':'metadata.name','operator':'In','values':['%s']}";
        String both = field.formatted("a") + "," + field.formatted("b");
        driven.hear(
                pod(
                        "p",
                        "1",
                        ",'affinity':{'nodeAffinity':{"
                                + "'requiredDuringSchedulingIgnoredDuringExecution':"
                                + "{'nodeSelectorTerms':[{'matchFields':[%s]}]}}}"
                                        .formatted(both)));

        assertThat(driven.decide().getFirst().message())
                .startsWith("0/2 nodes are available: pod affinity terms conflict.");
    }

    @Test
    void tellsAnewWhyAPodWaitsWhenNodesChanged() {
        driven.ready();
        driven.hear(pod("p", "2", ""));
        assertThat(driven.decide().getFirst().message())
                .isEqualTo("no nodes available to schedule pods");
        driven.pass(5);
        driven.hear(node("a", "1"));
        assertThat(driven.decide().getFirst().message()).startsWith("0/1 nodes are available");
        driven.pass(20);
        driven.hear(node("b", "1"));
        driven.sweep();
        assertThat(driven.decide().getFirst().message()).startsWith("0/2 nodes are available");
    }

    @Test
    void aPodThatEndsMakesRoomForTheUnschedulableOne() {
        driven.ready(node("a", "2"));
        driven.hear(pod("old", "2", ",'nodeName':'a'"));
        driven.hear(pod("p", "2", ""));
        driven.decide();
        driven.pass(20);
        Resource done = pod("old", "2", ",'nodeName':'a'").copy();
        Resource.child(done.tree(), "status").put("phase", "Succeeded");
        driven.hear(done);

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void aPodThatHasShrunkMakesRoomForTheUnschedulableOne() {
        driven.ready(node("a", "2"));
        driven.hear(resized(pod("old", "1", ",'nodeName':'a'"), "2"));
        driven.hear(pod("p", "1", ""));
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("");
        driven.pass(20);
        driven.hear(resized(pod("old", "1", ",'nodeName':'a'"), "1"));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void aPodThatIsDeletedMakesRoomForTheUnschedulableOne() {
        driven.ready(node("a", "2"));
        Resource old = pod("old", "2", ",'nodeName':'a'");
        driven.hear(old);
        driven.hear(pod("p", "2", ""));
        driven.decide();
        driven.pass(20);
        driven.hear(new SchedulerInput.PodGone(PodSighting.of(old).info().key()));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void leavesGatedPodsAndOthersPodsAlone() {
        driven.ready(node("a", "2"));
        driven.hear(pod("gated", "1", ",'schedulingGates':[{'name':'g'}]"));
        Resource foreign = pod("foreign", "1", "").copy();
        Resource.child(foreign.tree(), "spec").put("schedulerName", "other");
        driven.hear(foreign);

        assertThat(driven.decide()).isEmpty();
    }

    @Test
    void higherPriorityGoesFirst() {
        driven.ready(node("a", "1"));
        driven.hear(pod("low", "1", ",'priority':1"));
        driven.hear(pod("high", "1", ",'priority':100"));

        assertThat(driven.decide().getFirst().name()).isEqualTo("high");
    }

    @Test
    void repeatsABindingThatNobodyConfirms() {
        driven.ready(node("a", "2"));
        driven.hear(pod("p", "1", ""));
        List<Binding> first = driven.decide();
        driven.pass(29);
        assertThat(driven.decide()).isEmpty();
        driven.pass(2);
        List<Binding> again = driven.decide();
        assertThat(again)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("stamp")
                .isEqualTo(first);
        assertThat(again.getFirst().stamp()).isNotEqualTo(first.getFirst().stamp());

        driven.hear(new SchedulerInput.Rejected(first.getFirst()));
        driven.pass(11);
        assertThat(driven.decide()).as("only the answer to the last one counts").isEmpty();
        driven.hear(new SchedulerInput.Rejected(again.getFirst()));
        driven.pass(11);
        assertThat(driven.decide()).hasSize(1);
    }

    @Test
    void aPodBoundElsewhereFreesWhatWasAssumed() {
        driven.ready(node("a", "2"));
        driven.hear(pod("p", "2", ""));
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
        driven.hear(node("b", "1"));
        driven.hear(pod("p", "2", ",'nodeName':'b'"));
        driven.hear(pod("q", "2", ""));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    private static Resource node(String name, String cpu) {
        return Sample.node(name, cpu, "64Gi", "");
    }

    private static Resource replica(String name, String node) {
        Resource pod =
                labelled(pod(name, "1", node.isEmpty() ? "" : ",'nodeName':'%s'".formatted(node)));
        pod.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("uid", "rs")
                .put("controller", true);
        return pod;
    }

    private static Resource labelled(Resource pod) {
        Resource.child(pod.mutableMetadata(), "labels").put("app", "web");
        return pod;
    }

    private static Resource inZone(String zone, Resource node) {
        Resource.child(node.mutableMetadata(), "labels").put("zone", zone);
        return node;
    }

    private static String affinity(String kind) {
        return ",'affinity':{'%s':{'requiredDuringSchedulingIgnoredDuringExecution':[{'labelSelector':{'matchLabels':{'app':'web'}},'topologyKey':'zone'}]}}"
                .formatted(kind);
    }

    /** The pod while its first container still runs with so much. */
    private static Resource resized(Resource pod, String runsWith) {
        Resource resized = pod.copy();
        Resource.child(resized.tree(), "status")
                .putArray("containerStatuses")
                .addObject()
                .put("name", Resource.text(pod.spec().path("containers").path(0), "name"))
                .putObject("resources")
                .putObject("requests")
                .put("cpu", runsWith);
        return resized;
    }

    private static Resource pod(String name, String cpu, String moreSpec) {
        return Sample.pod(name, cpu, "1Gi", moreSpec);
    }
}
