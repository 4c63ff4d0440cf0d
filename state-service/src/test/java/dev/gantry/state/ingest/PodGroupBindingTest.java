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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bindings of pods that belong to a PodGroup. */
final class PodGroupBindingTest {
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());
    private static final String NO_CPU = "0/1 nodes are available: 1 Insufficient cpu.";

    private final Map<ObjectKey, StoredObject> stored = new LinkedHashMap<>();

    PodGroupBindingTest() {
        store(Kinds.NODE, Samples.object(Kinds.NODE, Samples.key(Kinds.NODE, "", "node-a")));
        pod("one");
        pod("two");
    }

    @Test
    void noMemberOfAGangIsPlacedWithoutTheOthers() {
        gang(2);

        assertThat(decide(binding("one", "node-a")))
                .isEqualTo(
                        new Verdict.Reject(
                                "pod group \"team\" would have a node for only 1 of its 2 pods"));
    }

    @Test
    void theGroupSaysThatItIsPlacedInTheSameChange() {
        gang(2);

        List<Change> changes = committed(both("node-a"));

        JsonNode condition = condition(changes);
        assertThat(condition.path("status").asString("")).isEqualTo("True");
        assertThat(condition.path("reason").asString("")).isEqualTo("Scheduled");
        assertThat(condition.path("message").asString("none")).isEmpty();
        assertThat(condition.path("lastTransitionTime").asString("")).isEqualTo(NOON.toString());
    }

    @Test
    void theGroupSaysWhyItIsNotPlaced() {
        gang(2);

        JsonNode condition = condition(committed(tried("one")));

        assertThat(condition.path("status").asString("")).isEqualTo("False");
        assertThat(condition.path("reason").asString("")).isEqualTo("Unschedulable");
        assertThat(condition.path("message").asString("")).isEqualTo(NO_CPU);
    }

    @Test
    void thatPodsAreMissingIsNotTheGroupsToSay() {
        gang(3);

        assertThat(group(committed(binding("one", "")))).isEmpty();
    }

    @Test
    void onceItWasPlacedItNeverSaysOtherwise() {
        gang(2);
        keep(committed(both("node-a")));
        pod("three");

        assertThat(group(committed(tried("three")))).isEmpty();
    }

    @Test
    void whatItSaysAlreadyIsNotWrittenAgain() {
        gang(2);
        keep(committed(tried("one")));

        assertThat(group(committed(tried("two")))).isEmpty();
    }

    @Test
    void aBasicGroupIsPlacedWithItsFirstPod() {
        store(Kinds.POD_GROUP, group("basic", "{}"));

        assertThat(condition(committed(binding("one", "node-a"))).path("status").asString(""))
                .isEqualTo("True");
    }

    @Test
    void aGroupThatIsGoneHoldsNobodyBack() {
        assertThat(committed(binding("one", "node-a")))
                .noneMatch(each -> each.key().resource().equals(Resources.POD_GROUPS))
                .anyMatch(each -> each.key().name().equals("one"));
    }

    private void gang(int minCount) {
        store(Kinds.POD_GROUP, group("gang", "{\"minCount\":" + minCount + "}"));
    }

    private static Resource group(String policy, String its) {
        Resource group =
                Samples.object(Kinds.POD_GROUP, Samples.key(Kinds.POD_GROUP, "default", "team"));
        Resource.child(Resource.child(group.tree(), "spec"), "schedulingPolicy")
                .set(policy, JsonMapper.shared().readTree(its));
        return group;
    }

    private Binding both(String node) {
        return binding("one", node)
                .together(new Binding.Party("team", List.of(binding("two", node)), List.of()));
    }

    private static Binding tried(String name) {
        return binding(name, "").explained("{\"of\":1}");
    }

    private static Binding binding(String name, String node) {
        return new Binding(
                new Binding.Pod("default", name, new Uid("uid-of-default/" + name)),
                7,
                node,
                new Binding.Grounds("Unschedulable", NO_CPU, ""));
    }

    private List<Change> committed(Binding binding) {
        return ((Verdict.Commit) decide(binding)).group();
    }

    private Verdict decide(Binding binding) {
        return BindingDecider.decide(binding, key -> Optional.ofNullable(stored.get(key)), NOON);
    }

    private void pod(String name) {
        Resource pod = Samples.podOn(name, "");
        ObjectNode spec = Resource.child(pod.tree(), "spec");
        spec.remove("nodeName");
        Resource.child(spec, "schedulingGroup").put("podGroupName", "team");
        store(Kinds.POD, pod);
    }

    private void store(Kind kind, Resource object) {
        ObjectKey key = object.key(kind.resource());
        stored.put(key, ENCODER.encode(key, object).at(new Revision(7)));
    }

    private void keep(List<Change> changes) {
        for (Change each : changes) {
            stored.put(
                    each.key(),
                    ENCODER.encode(each.key(), each.object().orElseThrow()).at(new Revision(7)));
        }
    }

    private static JsonNode condition(List<Change> changes) {
        return Conditions.find(
                        group(changes).orElseThrow().status().path("conditions"),
                        "PodGroupScheduled")
                .orElseThrow();
    }

    private static Optional<Resource> group(List<Change> changes) {
        return changes.stream()
                .filter(each -> each.key().resource().equals(Resources.POD_GROUPS))
                .findFirst()
                .map(each -> each.object().orElseThrow());
    }
}
