package dev.gantry.controller.node.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TtlControllerTest {
    private final SimulatedApi api = new SimulatedApi(new TtlController());

    @Test
    void aNodeOfASmallClusterIsToldToAskEachTime() {
        join(0, 1);
        api.settle();

        Resource node = api.get(key(0)).orElseThrow();
        assertThat(node.annotations())
                .containsEntry("node.alpha.kubernetes.io/ttl", "0")
                .containsEntry("kept", "as it is");
        assertThat(api.actions()).isEqualTo(1);
    }

    @Test
    void allNodesAreToldWhenTheClusterHasGrownOverAStep() {
        join(0, 100);
        api.settle();
        assertThat(told()).containsOnly("0");

        join(100, 101);
        api.settle();
        assertThat(told()).containsOnly("15");
    }

    @Test
    void theStepsOverlap() {
        join(0, 101);
        leave(90, 101);
        api.settle();
        assertThat(told()).hasSize(90).containsOnly("15");

        leave(89, 90);
        api.settle();
        assertThat(told()).hasSize(89).containsOnly("0");
    }

    @Test
    void eachStepHasItsTime() {
        var size = new ClusterSize();
        int[] highest = {100, 500, 1000, 2000};
        int[] seconds = {0, 15, 30, 60};
        int nodes = 0;
        for (int i = 0; i < highest.length; i++) {
            while (nodes < highest[i]) {
                assertThat(size.nodeCame()).isEqualTo(nodes++ == (i == 0 ? -1 : highest[i - 1]));
            }
            assertThat(size.seconds()).isEqualTo(seconds[i]);
        }
        assertThat(size.nodeCame()).isTrue();
        assertThat(size.seconds()).isEqualTo(300);
    }

    @Test
    void whatSomebodyElseWroteIsPutRight() {
        join(0, 1);
        api.settle();
        Resource other = api.get(key(0)).orElseThrow().copy();
        Resource.child(other.mutableMetadata(), "annotations")
                .put("node.alpha.kubernetes.io/ttl", "300");
        api.update(Resources.NODES, other);
        api.settle();

        assertThat(told()).containsExactly("0");
    }

    private void join(int from, int to) {
        IntStream.range(from, to)
                .forEach(
                        i ->
                                api.create(
                                        Resources.NODES,
                                        SimulatedApi.object(
                                                """
                                                {'metadata':{'name':'n%d','annotations':{'kept':'as it is'}}}
                                                """
                                                        .formatted(i))));
    }

    private void leave(int from, int to) {
        IntStream.range(from, to).forEach(i -> api.drop(key(i)));
    }

    private static ObjectKey key(int node) {
        return new ObjectKey(Resources.NODES, "", "n" + node);
    }

    private List<String> told() {
        return api.list(Resources.NODES).stream()
                .map(each -> each.annotations().get("node.alpha.kubernetes.io/ttl"))
                .toList();
    }
}
