package dev.gantry.state.ingest;

import static dev.gantry.model.message.Binding.DECISION_ANNOTATION;
import static dev.gantry.state.log.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BindingDeciderTest {
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());
    private static final Uid UID = new Uid("uid-of-default/web");

    @Test
    void placesAPodAndRecordsAnEventInOneGroup() {
        var verdict = (Verdict.Commit) decide(placed("node-a"), pod(""), true);

        Change put = verdict.group().getFirst();
        Resource pod = put.object().orElseThrow();
        assertThat(put.previous()).isEqualTo(new Revision(7));
        assertThat(pod.spec().path("nodeName").stringValue()).isEqualTo("node-a");
        assertThat(pod.status().at("/conditions/0").toString())
                .contains("\"type\":\"PodScheduled\"", "\"status\":\"True\"")
                .doesNotContain("reason");
        Resource event = verdict.group().getLast().object().orElseThrow();
        assertThat(event.tree().path("message").stringValue())
                .isEqualTo("Successfully assigned default/web to node-a");
    }

    @Test
    void aPodIsToldTheZoneAndRegionOfItsNode() {
        Resource pod = pod("");
        Resource.child(pod.mutableMetadata(), "labels")
                .put("app", "web")
                .put("topology.kubernetes.io/zone", "of another time");
        var key = Samples.key(Kinds.NODE, "", "node-a");
        Resource node = Samples.object(Kinds.NODE, key);
        Resource.child(node.mutableMetadata(), "labels")
                .put("topology.kubernetes.io/zone", "z")
                .put("topology.kubernetes.io/region", "r")
                .put("kubernetes.io/hostname", "node-a");

        var verdict =
                (Verdict.Commit)
                        BindingDecider.decide(
                                placed("node-a"),
                                each ->
                                        Optional.of(
                                                each.resource().equals(Resources.NODES)
                                                        ? ENCODER.encode(key, node)
                                                        : stored(pod)),
                                NOON);

        assertThat(verdict.group().getFirst().object().orElseThrow().labels())
                .containsEntry("app", "web")
                .containsEntry("topology.kubernetes.io/zone", "z")
                .containsEntry("topology.kubernetes.io/region", "r")
                .doesNotContainKey("kubernetes.io/hostname");
    }

    @Test
    void theConditionTellsWhichGenerationOfThePodItIsAbout() {
        Resource pod = pod("");
        pod.mutableMetadata().put("generation", 3);
        var unplaced =
                new Binding(
                        new Binding.Pod("default", "web", UID),
                        7,
                        "",
                        new Binding.Grounds("Unschedulable", "no room", ""));

        for (Binding each : List.of(placed("node-a"), unplaced)) {
            var verdict = (Verdict.Commit) decide(each, pod, true);
            Resource decided = verdict.group().getFirst().object().orElseThrow();
            assertThat(decided.status().at("/conditions/0/observedGeneration").asInt(0))
                    .isEqualTo(3);
        }
    }

    @Test
    void theSameBindingTwiceIsDropped() {
        assertThat(decide(placed("node-a"), pod("node-a"), true)).isInstanceOf(Verdict.Drop.class);
    }

    @Test
    void rejectsWhatNoLongerFits() {
        Resource deleting = pod("");
        deleting.mutableMetadata().put("deletionTimestamp", NOON.toString());
        var other =
                new Binding(
                        new Binding.Pod("default", "web", new Uid("older")),
                        1,
                        "node-a",
                        Binding.Grounds.NONE);

        assertThat(decide(placed("node-a"), pod("node-b"), true))
                .isInstanceOf(Verdict.Reject.class);
        assertThat(decide(placed("node-a"), deleting, true)).isInstanceOf(Verdict.Reject.class);
        assertThat(decide(placed("node-a"), pod(""), false)).isInstanceOf(Verdict.Reject.class);
        assertThat(decide(other, pod(""), true)).isInstanceOf(Verdict.Reject.class);
        assertThat(BindingDecider.decide(placed("node-a"), _ -> Optional.empty(), NOON))
                .isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void keepsTheExplanationWithTheBinding() {
        String why = "{\"node\":\"node-a\",\"feasible\":2}";
        var binding =
                new Binding(
                        new Binding.Pod("default", "web", UID),
                        1,
                        "node-a",
                        new Binding.Grounds("", "", why));

        assertThat(decision(decide(binding, pod(""), true))).isEqualTo(why);
    }

    @Test
    void anExplanationWithoutBoundsIsNotKept() {
        Resource pod = pod("");
        Resource.child(pod.mutableMetadata(), "annotations").put(DECISION_ANNOTATION, "old");
        String endless = "{\"reasons\":\"" + "x".repeat(4000) + "\"}";
        var binding =
                new Binding(
                        new Binding.Pod("default", "web", UID),
                        1,
                        "node-a",
                        new Binding.Grounds("", "", endless));

        assertThat(decision(decide(binding, pod, true))).isEmpty();
    }

    @Test
    void anUnplacedPodSaysWhyOnce() {
        var nowhere =
                new Binding(
                        new Binding.Pod("default", "web", UID),
                        1,
                        "",
                        new Binding.Grounds("Unschedulable", "0/2 fit", ""));

        var first = (Verdict.Commit) decide(nowhere, pod(""), false);
        Resource told = first.group().getFirst().object().orElseThrow();

        assertThat(told.status().at("/conditions/0/status").stringValue()).isEqualTo("False");
        assertThat(first.group().getLast().object().orElseThrow().tree().path("reason").asString())
                .isEqualTo("FailedScheduling");
        assertThat(decide(nowhere, told, false)).isInstanceOf(Verdict.Drop.class);
    }

    /**
     * Compat: what a binding sets is nobody's, what the scheduler says in the status is its own.
     */
    @Test
    void whatIsSaidOfAnUnplacedPodIsNotedAsTheSchedulers() {
        var nowhere =
                new Binding(
                        new Binding.Pod("default", "web", UID),
                        1,
                        "",
                        new Binding.Grounds("Unschedulable", "0/2 fit", ""));

        JsonNode unplaced = managedFields(decide(nowhere, tracked(), true));
        JsonNode placed = managedFields(decide(placed("node-a"), tracked(), true));

        assertThat(unplaced.findValuesAsString("manager")).containsExactly("m", "kube-scheduler");
        assertThat(unplaced.path(1).path("subresource").asString()).isEqualTo("status");
        assertThat(placed.findValuesAsString("manager")).containsExactly("m");
    }

    private static Resource tracked() {
        Resource pod = pod("");
        pod.mutableMetadata()
                .putArray("managedFields")
                .addObject()
                .put("manager", "m")
                .put("operation", "Update")
                .put("apiVersion", "v1")
                .put("time", "2026-01-01T00:00:00Z")
                .put("fieldsType", "FieldsV1")
                .putObject("fieldsV1")
                .putObject("f:spec")
                .putObject("f:containers");
        return pod;
    }

    private static JsonNode managedFields(Verdict verdict) {
        Resource pod = ((Verdict.Commit) verdict).group().getFirst().object().orElseThrow();
        return pod.metadata().path("managedFields");
    }

    private static String decision(Verdict verdict) {
        Resource pod = ((Verdict.Commit) verdict).group().getFirst().object().orElseThrow();
        return pod.annotations().getOrDefault(DECISION_ANNOTATION, "");
    }

    private static Verdict decide(Binding binding, Resource pod, boolean nodeIsThere) {
        return BindingDecider.decide(
                binding,
                key ->
                        key.resource().equals(Resources.NODES)
                                ? node(nodeIsThere)
                                : Optional.of(stored(pod)),
                NOON);
    }

    private static Binding placed(String node) {
        return new Binding(new Binding.Pod("default", "web", UID), 1, node, Binding.Grounds.NONE);
    }

    private static Resource pod(String node) {
        Resource pod = Samples.podOn("web", node);
        if (node.isEmpty()) {
            ((ObjectNode) pod.spec()).remove("nodeName");
        }
        return pod;
    }

    private static StoredObject stored(Resource pod) {
        return ENCODER.encode(pod.key(Resources.PODS), pod).at(new Revision(7));
    }

    private static Optional<StoredObject> node(boolean isThere) {
        var key = Samples.key(Kinds.NODE, "", "node-a");
        return isThere
                ? Optional.of(ENCODER.encode(key, Samples.object(Kinds.NODE, key)))
                : Optional.empty();
    }
}
