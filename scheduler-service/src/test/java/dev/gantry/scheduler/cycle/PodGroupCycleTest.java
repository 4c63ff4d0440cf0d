package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Pods that leave it to a PodGroup to say how they are placed. */
final class PodGroupCycleTest {
    private static final String GANG_OF_THREE = "{'gang':{'minCount':3}}";
    private static final String GANG_OF_TWO = "{'gang':{'minCount':2}}";
    private static final String BASIC = "{'basic':{}}";

    private final DrivenCycle driven = new DrivenCycle();

    @Test
    void minCountIsTheSizeOfTheGang() {
        driven.ready(node("a", "8"));
        driven.hear(group(GANG_OF_THREE));
        driven.hear(pod("g1"));
        driven.hear(pod("g2"));

        assertThat(driven.decide())
                .extracting(Binding::node, Binding::message)
                .containsOnly(tuple("", "pod group \"team\" is waiting for 1 of its 3 pods"));

        driven.hear(pod("g3"));
        List<Binding> sent = driven.decide();
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().all())
                .extracting(Binding::name)
                .containsExactlyInAnyOrder("g1", "g2", "g3");
        assertThat(sent.getFirst().party().gang()).isEqualTo("team");
    }

    @Test
    void whereTooFewFindAPlaceNobodyGoes() {
        driven.ready(node("a", "2"));
        driven.hear(group(GANG_OF_THREE));
        Stream.of("g1", "g2", "g3").forEach(each -> driven.hear(pod(each)));

        assertThat(driven.decide())
                .hasSize(3)
                .noneMatch(Binding::isPlaced)
                .extracting(Binding::message)
                .allMatch(
                        each -> each.startsWith("pod group \"team\" does not fit with all its 3"));
    }

    @Test
    void podsOfABasicGroupAreOnTheirOwn() {
        driven.ready(node("a", "1"));
        driven.hear(group(BASIC));
        driven.hear(pod("g1"));
        driven.hear(pod("g2"));

        assertThat(driven.decide())
                .extracting(Binding::name, Binding::node)
                .containsExactly(tuple("g1", "a"), tuple("g2", ""));
    }

    @Test
    void aPodWhoseGroupIsNotThereWaitsForIt() {
        driven.ready(node("a", "8"));
        driven.hear(pod("g1"));

        assertThat(driven.decide()).as("their feeds are not in step").isEmpty();
        driven.sweep();
        assertThat(driven.decide())
                .extracting(Binding::name, Binding::node, Binding::message)
                .containsExactly(tuple("g1", "", "waiting for the pod group \"team\" to be made"));

        driven.hear(group(BASIC));
        assertThat(driven.decide())
                .extracting(Binding::name, Binding::node)
                .containsExactly(tuple("g1", "a"));
    }

    @Test
    void theLastThingThatAGangWaitsForMayBeItsGroup() {
        driven.ready(node("a", "8"));
        driven.hear(pod("g1"));
        driven.hear(pod("g2"));
        assertThat(driven.decide()).isEmpty();

        driven.hear(group(GANG_OF_TWO));

        assertThat(driven.decide().getFirst().all()).hasSize(2);
    }

    @Test
    void aGroupThatIsMadeAnewMayBeSmaller() {
        driven.ready(node("a", "8"));
        driven.hear(group(GANG_OF_THREE));
        driven.hear(pod("g1"));
        driven.hear(pod("g2"));
        driven.decide();

        driven.hear(group(GANG_OF_TWO));

        assertThat(driven.decide().getFirst().all()).hasSize(2);
    }

    @Test
    void whenTheGroupGoesItsPodsWaitForAnother() {
        driven.ready(node("a", "2"));
        driven.hear(group(GANG_OF_THREE));
        Stream.of("g1", "g2", "g3").forEach(each -> driven.hear(pod(each)));
        driven.decide();

        driven.hear(SchedulerInput.gone(group(GANG_OF_THREE).key(Resources.POD_GROUPS)));
        driven.hear(node("b", "8"));
        driven.pass(20);
        assertThat(driven.decide()).noneMatch(Binding::isPlaced);

        driven.hear(group(GANG_OF_THREE));
        assertThat(driven.decide().getFirst().all()).hasSize(3).allMatch(Binding::isPlaced);
    }

    @Test
    void thoseThatHaveTheirNodesCount() {
        driven.ready(node("a", "8"));
        driven.hear(group(GANG_OF_TWO));
        driven.hear(on("a", pod("g1")));
        driven.hear(on("a", pod("g2")));
        driven.hear(pod("g3"));

        List<Binding> sent = driven.decide();

        assertThat(sent).extracting(Binding::name, Binding::node).containsExactly(tuple("g3", "a"));
        assertThat(sent.getFirst().party().settled()).hasSize(1);
    }

    @Test
    void aSizeInAnAnnotationNeedsNoGroup() {
        driven.ready(node("a", "8"));
        for (String name : List.of("g1", "g2")) {
            Resource pod = pod(name);
            Resource.child(pod.mutableMetadata(), "annotations")
                    .put("gantry.dev/pod-group-size", "2");
            driven.hear(pod);
        }

        assertThat(driven.decide().getFirst().all()).hasSize(2);
    }

    private static Resource node(String name, String cpu) {
        return Sample.node(name, cpu, "64Gi", "");
    }

    private static Resource group(String policy) {
        return Sample.object(
                "{'kind':'PodGroup','metadata':{'name':'team','namespace':'default'},"
                        + "'spec':{'schedulingPolicy':%s}}".formatted(policy));
    }

    private static Resource pod(String name) {
        Resource pod = Sample.pod(name, "1", "1Mi", "");
        Resource.child(Resource.child(pod.tree(), "spec"), "schedulingGroup")
                .put("podGroupName", "team");
        return pod;
    }

    private static Resource on(String node, Resource pod) {
        Resource bound = pod.copy();
        ((ObjectNode) bound.tree().get("spec")).put("nodeName", node);
        return bound;
    }
}
