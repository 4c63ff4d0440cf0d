package dev.gantry.state.ingest;

import static dev.gantry.state.log.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Preemption and gangs: more than one pod in one transaction. */
final class MakingWayTest {
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());

    private final Map<ObjectKey, StoredObject> stored = new LinkedHashMap<>();

    MakingWayTest() {
        store(Kinds.NODE, Samples.object(Kinds.NODE, Samples.key(Kinds.NODE, "", "node-a")));
        pod("high", "", 100, 30);
    }

    @Test
    void victimsLeaveGracefullyAndTheNodeIsNominated() {
        pod("low", "node-a", 1, 30);

        List<Change> group = committed(preempting("low"));

        Resource victim = object(group, "low");
        assertThat(victim.isBeingDeleted()).isTrue();
        assertThat(victim.metadata().path("deletionGracePeriodSeconds").asInt(0)).isEqualTo(30);
        assertThat(
                        Conditions.find(victim.status().path("conditions"), "DisruptionTarget")
                                .orElseThrow()
                                .toString())
                .contains(
                        "PreemptionByScheduler",
                        "default-scheduler: preempting to accommodate a higher priority pod");
        assertThat(object(group, "high").status().path("nominatedNodeName").asString(""))
                .isEqualTo("node-a");
        assertThat(events(group))
                .containsExactly(
                        "Preempted: Preempted by pod uid-of-default/high on node node-a",
                        "FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu.");
    }

    @Test
    void whereAllLeaveAtOnceThePodIsPlacedInTheSameTransaction() {
        pod("low", "node-a", 1, 0);

        List<Change> group = committed(preempting("low"));

        assertThat(change(group, "low").object()).isEmpty();
        assertThat(object(group, "high").spec().path("nodeName").asString("")).isEqualTo("node-a");
        assertThat(events(group))
                .containsExactly(
                        "Preempted: Preempted by pod uid-of-default/high on node node-a",
                        "Scheduled: Successfully assigned default/high to node-a");
    }

    @Test
    void oneThatIsLeavingAlreadyIsNotDeletedAgainButWaitedFor() {
        Resource low = pod("low", "node-a", 1, 0);
        low.mutableMetadata().put("deletionTimestamp", NOON.toString());
        store(Kinds.POD, low);

        List<Change> group = committed(preempting("low"));

        assertThat(group).noneMatch(each -> each.key().name().equals("low"));
        assertThat(object(group, "high").status().path("nominatedNodeName").asString(""))
                .isEqualTo("node-a");
    }

    @Test
    void noPodMakesWayForOneOfItsOwnPriorityOrFromAnotherNode() {
        pod("equal", "node-a", 100, 0);
        pod("elsewhere", "node-b", 1, 0);

        assertThat(decide(preempting("equal"))).isInstanceOf(Verdict.Reject.class);
        assertThat(decide(preempting("elsewhere"))).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void aVictimThatIsGoneNeedNotLeave() {
        List<Change> group = committed(preempting("gone"));

        assertThat(object(group, "high").spec().path("nodeName").asString("")).isEqualTo("node-a");
    }

    @Test
    void aNominationThatIsNotRepeatedIsTakenBack() {
        Resource high = pod("high", "", 100, 30);
        Resource.child(high.tree(), "status").put("nominatedNodeName", "node-a");
        store(Kinds.POD, high);

        List<Change> group = committed(binding("high", ""));

        assertThat(object(group, "high").status().has("nominatedNodeName")).isFalse();
    }

    @Test
    void aGangIsCommittedWholeOrNotAtAll() {
        pod("second", "", 0, 30);
        Binding both =
                binding("high", "node-a").together(team(List.of(binding("second", "node-a"))));
        Binding half =
                binding("high", "node-a").together(team(List.of(binding("second", "node-x"))));

        assertThat(committed(both))
                .filteredOn(each -> each.key().resource().equals(Resources.PODS))
                .extracting(
                        each -> each.object().orElseThrow().spec().path("nodeName").asString(""))
                .containsExactly("node-a", "node-a");
        assertThat(decide(half)).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void aGangWaitsWholeForTheVictimsOfOne() {
        pod("second", "", 0, 30);
        pod("low", "node-a", 1, 30);
        Binding gang = preempting("low").together(team(List.of(binding("second", "node-a"))));

        List<Change> group = committed(gang);

        for (String name : List.of("high", "second")) {
            assertThat(object(group, name).spec().has("nodeName")).isFalse();
            assertThat(object(group, name).status().path("nominatedNodeName").asString(""))
                    .isEqualTo("node-a");
        }
    }

    @Test
    void aMemberIsNotPlacedAlone() {
        inGang("high");
        inGang("second");
        Binding alone = binding("high", "node-a");

        assertThat(decide(alone))
                .isEqualTo(
                        new Verdict.Reject(
                                "pod group \"team\" would have a node for only 1 of its 2 pods"));
    }

    @Test
    void whoeverHasItsNodeAlreadyCountsAsLongAsItIsThatPod() {
        inGang("high");
        var second = new Binding.Pod("default", "second", new Uid("uid-of-default/second"));
        var older = new Binding.Pod("default", "second", new Uid("older"));
        Binding joining =
                binding("high", "node-a")
                        .together(new Binding.Party("team", List.of(), List.of(second)));
        Binding mistaken =
                binding("high", "node-a")
                        .together(new Binding.Party("team", List.of(), List.of(older)));

        inGang("second");
        assertThat(decide(joining)).isInstanceOf(Verdict.Reject.class);

        store(Kinds.POD, gangOf(pod("second", "node-a", 0, 30)));
        assertThat(decide(joining)).isInstanceOf(Verdict.Commit.class);
        assertThat(decide(mistaken)).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void aGangThatHasItsNodesIsNotRefusedWhenItsMessageComesAgainAndOneHasLeft() {
        store(Kinds.POD, gangOf(pod("high", "node-a", 100, 30)));
        Binding both =
                binding("high", "node-a").together(team(List.of(binding("second", "node-a"))));

        assertThat(decide(both)).isInstanceOf(Verdict.Drop.class);
    }

    @Test
    void whatWasNominatedIsNotPlacedWhenTheSameMessageComesAgain() {
        pod("low", "node-a", 1, 30);
        Binding sent = preempting("low");
        keep(committed(sent), 8);
        stored.remove(Samples.key(Kinds.POD, "default", "low"));

        assertThat(decide(sent)).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void whoIsOnlyToBeNominatedIsHeldToItsRevisionToo() {
        pod("low", "node-a", 1, 30);
        Binding sent = preempting("low").nominatedOnly();
        keep(committed(sent), 8);

        assertThat(decide(sent)).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void aNominationThatSaysNothingNewIsSeenAllTheSame() {
        pod("low", "node-a", 1, 30);
        Binding sent = preempting("low");
        keep(committed(sent), 7);

        assertThat(object(committed(sent), "high").status().path("nominatedNodeName").asString(""))
                .isEqualTo("node-a");
    }

    private void keep(List<Change> group, long revision) {
        for (Change each : group) {
            each.object()
                    .ifPresent(
                            next ->
                                    stored.put(
                                            each.key(),
                                            ENCODER.encode(each.key(), next)
                                                    .at(new Revision(revision))));
        }
    }

    private void inGang(String name) {
        store(Kinds.POD, gangOf(pod(name, "", 100, 30)));
    }

    private static Resource gangOf(Resource pod) {
        Resource.child(pod.mutableMetadata(), "annotations")
                .put("gantry.dev/pod-group", "team")
                .put("gantry.dev/pod-group-size", "2");
        return pod;
    }

    private Binding preempting(String victim) {
        var makingWay = new Binding.Pod("default", victim, new Uid("uid-of-default/" + victim));
        return binding("high", "node-a").nominating("node-a", List.of(makingWay));
    }

    private static Binding.Party team(List<Binding> others) {
        return new Binding.Party("team", others, List.of());
    }

    private static Binding binding(String name, String node) {
        return new Binding(
                new Binding.Pod("default", name, new Uid("uid-of-default/" + name)),
                7,
                node,
                new Binding.Grounds(
                        "Unschedulable", "0/1 nodes are available: 1 Insufficient cpu.", ""));
    }

    private List<Change> committed(Binding binding) {
        return ((Verdict.Commit) decide(binding)).group();
    }

    private Verdict decide(Binding binding) {
        return BindingDecider.decide(binding, key -> Optional.ofNullable(stored.get(key)), NOON);
    }

    private Resource pod(String name, String node, int priority, int graceSeconds) {
        Resource pod = Samples.podOn(name, node);
        ObjectNode spec = Resource.child(pod.tree(), "spec");
        if (node.isEmpty()) {
            spec.remove("nodeName");
        }
        spec.put("priority", priority)
                .put("terminationGracePeriodSeconds", graceSeconds)
                .put("schedulerName", "default-scheduler");
        store(Kinds.POD, pod);
        return pod;
    }

    private void store(Kind kind, Resource object) {
        ObjectKey key = object.key(kind.resource());
        stored.put(key, ENCODER.encode(key, object).at(new Revision(7)));
    }

    private static Change change(List<Change> group, String pod) {
        return group.stream()
                .filter(each -> each.key().resource().equals(Resources.PODS))
                .filter(each -> each.key().name().equals(pod))
                .findFirst()
                .orElseThrow();
    }

    private static Resource object(List<Change> group, String pod) {
        return change(group, pod).object().orElseThrow();
    }

    private static List<String> events(List<Change> group) {
        return group.stream()
                .filter(each -> each.key().resource().equals(Resources.EVENTS))
                .map(each -> each.object().orElseThrow().tree())
                .map(e -> e.path("reason").asString("") + ": " + e.path("message").asString(""))
                .toList();
    }
}
