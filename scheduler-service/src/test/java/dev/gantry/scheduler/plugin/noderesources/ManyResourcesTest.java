package dev.gantry.scheduler.plugin.noderesources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Scores of more resources than cpu and memory. */
final class ManyResourcesTest {
    private static final String GPU = "example.com/gpu";
    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @ParameterizedTest
    @CsvSource({"0, 2Gi, 1, 85", "0, 2Gi, 0, 87", "0, 0, 2, 69"})
    void balanceKnowsAnExtendedResourceForThosePodsThatAskForIt(
            String cpu, String memory, int gpus, int points) {
        snapshot.putNode(node("a", "4", "4Gi", 4));
        snapshot.place(pod("old", "2", "0", 1), "a");
        Score balance = new BalancedAllocation(new TreeSet<>(List.of("cpu", "memory", GPU)));

        assertThat(points(balance, pod("p", cpu, memory, gpus))).isEqualTo(points);
    }

    @Test
    void balanceSaysNothingOfPodsThatAskForNoneOfItsResources() {
        Score balance = new BalancedAllocation(new TreeSet<>(List.of("memory", GPU)));

        assertThat(balance.concerns(pod("p", "1", "0", 0).signature())).isFalse();
        assertThat(balance.concerns(pod("p", "1", "0", 1).signature())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, 2, 62, 37",
        "cpu, 0, 50, 50",
        "ephemeral-storage, 2, 75, 25",
        "ephemeral-storage, 0, 0, 0"
    })
    void fullnessIsWeighedOverTheResourcesThatCount(String other, int gpus, int most, int least) {
        snapshot.putNode(node("a", "2", "4Gi", 4));
        snapshot.place(pod("old", "0", "0", 1), "a");
        var weights = new TreeMap<>(Map.of(other, 1, GPU, 1));
        PodInfo pod = pod("p", "1", "1Gi", gpus);

        assertThat(points(new MostAllocated(weights), pod)).isEqualTo(most);
        assertThat(points(new LeastAllocated(weights), pod)).isEqualTo(least);
    }

    @ParameterizedTest
    @CsvSource({"packing, used", "spreading, free"})
    void whoCountsGpusPutsPodsAccordingly(String strategy, String expected) {
        snapshot.putNode(node("used", "8", "16Gi", 4));
        snapshot.putNode(node("free", "8", "16Gi", 4));
        snapshot.place(pod("there", "1", "2Gi", 2), "used");
        snapshot.place(pod("here", "1", "2Gi", 0), "free");
        Map<String, String> properties =
                Map.of(
                        "web.strategy",
                        strategy,
                        "web.resources",
                        "cpu=1,memory=1,example.com/gpu=2");

        assertThat(nodeFor(pod("p", "1", "2Gi", 1), properties)).isEqualTo(expected);
    }

    @Test
    void packingStrandsNoGpusWhereItKnowsOfThem() {
        snapshot.putNode(node("crowded", "8", "16Gi", 4));
        snapshot.putNode(node("stranded", "8", "16Gi", 4));
        snapshot.place(pod("there", "6", "12Gi", 3), "crowded");
        snapshot.place(pod("here", "4", "8Gi", 0), "stranded");
        PodInfo pod = pod("p", "1", "2Gi", 1);

        assertThat(nodeFor(pod, Map.of())).isEqualTo("crowded");
        assertThat(nodeFor(pod, Map.of("web.balanced-resources", "cpu,memory,example.com/gpu")))
                .isEqualTo("stranded");
    }

    private String nodeFor(PodInfo pod, Map<String, String> properties) {
        var all = new TreeMap<>(Map.of("web.strategy", "packing"));
        all.putAll(properties);
        var scheduler = new RankedScheduler(Profiles.of(all, "web"));
        return ((Placement.Placed) scheduler.place(pod, snapshot)).node();
    }

    private int points(Score score, PodInfo pod) {
        return score.score(pod.signature(), snapshot.row(0)) / Score.POINT;
    }

    private static NodeFacts node(String name, String cpu, String memory, int gpus) {
        Resource node = Sample.node(name, cpu, memory, "").copy();
        ((ObjectNode) node.status().get("allocatable")).put(GPU, Integer.toString(gpus));
        return NodeFacts.of(node);
    }

    private static PodInfo pod(String name, String cpu, String memory, int gpus) {
        Resource pod = Sample.pod(name, cpu, memory, "").copy();
        if (gpus > 0) {
            ((ObjectNode) pod.spec().at("/containers/0/resources/requests"))
                    .put(GPU, Integer.toString(gpus));
        }
        return PodSighting.of(pod).info();
    }
}
