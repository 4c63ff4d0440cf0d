package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Gangs that have more pods than they need. */
final class GangCycleTest {
    private static final String NO_CPU = "0/1 nodes are available: 1 Insufficient cpu.";

    private final DrivenCycle driven = new DrivenCycle();

    @Test
    void asManyAsTheGangNeedsArePlacedAndTheRestWaits() {
        driven.ready(node("a", "3"));
        Stream.of("g1", "g2", "g3", "g4").forEach(each -> driven.hear(gang(each, 3)));

        List<Binding> sent = driven.decide();

        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().all())
                .extracting(Binding::name)
                .containsExactly("g1", "g2", "g3");
        assertThat(sent.getFirst().all()).extracting(Binding::node).containsOnly("a");
        assertThat(sent.getLast().name()).isEqualTo("g4");
        assertThat(sent.getLast().message()).startsWith(NO_CPU);
    }

    @Test
    void whoWasLeftIsTriedOnceTheOthersHaveTheirNodesAndIsToldNothingTwice() {
        driven.ready(node("a", "3"));
        Stream.of("g1", "g2", "g3", "g4").forEach(each -> driven.hear(gang(each, 3)));
        driven.decide();

        Stream.of("g1", "g2", "g3").forEach(each -> driven.hear(on("a", gang(each, 3))));
        assertThat(driven.decide()).isEmpty();
        driven.hear(node("b", "1"));
        driven.pass(20);

        List<Binding> sent = driven.decide();
        assertThat(sent).extracting(Binding::name, Binding::node).containsExactly(tuple("g4", "b"));
        assertThat(sent.getFirst().party().settled()).as("state finds the gang whole").hasSize(2);
    }

    @Test
    void ofAGangThatHasItsNodesOneMoreIsPlacedThoughAnotherFitsNowhere() {
        driven.ready(node("a", "3"));
        driven.hear(on("a", gang("g1", 2)));
        driven.hear(on("a", gang("g2", 2)));
        Resource large = gang("g3", 2);
        ((ObjectNode) large.spec().at("/containers/0/resources/requests")).put("cpu", "9");
        driven.hear(large);
        driven.hear(gang("g4", 2));

        List<Binding> sent = driven.decide();

        assertThat(sent)
                .extracting(Binding::name, Binding::node)
                .containsExactlyInAnyOrder(tuple("g3", ""), tuple("g4", "a"));
        assertThat(sent)
                .filteredOn(each -> !each.isPlaced())
                .extracting(Binding::message)
                .allMatch(each -> each.startsWith(NO_CPU));
    }

    @Test
    void whereTooFewFindAPlaceNobodyGoes() {
        driven.ready(node("a", "2"));
        Stream.of("g1", "g2", "g3", "g4").forEach(each -> driven.hear(gang(each, 3)));

        assertThat(driven.decide())
                .hasSize(4)
                .noneMatch(Binding::isPlaced)
                .extracting(Binding::message)
                .allMatch(
                        each ->
                                each.startsWith(
                                        "pod group \"team\" does not fit with 3 of its 4 pods, such"
                                                + " as g3: "
                                                + NO_CPU));
        driven.hear(node("b", "1"));
        driven.pass(20);
        assertThat(driven.decide().getFirst().all()).hasSize(3);
    }

    private static Resource node(String name, String cpu) {
        return Sample.node(name, cpu, "64Gi", "");
    }

    private static Resource gang(String name, int size) {
        Resource pod = Sample.pod(name, "1", "1Mi", "");
        Resource.child(pod.mutableMetadata(), "annotations")
                .put("gantry.dev/pod-group", "team")
                .put("gantry.dev/pod-group-size", Integer.toString(size));
        return pod;
    }

    private static Resource on(String node, Resource pod) {
        Resource bound = pod.copy();
        ((ObjectNode) bound.tree().get("spec")).put("nodeName", node);
        return bound;
    }
}
