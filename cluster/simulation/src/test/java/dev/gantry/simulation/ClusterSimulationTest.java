package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class ClusterSimulationTest {
    static LongStream seeds() {
        return Seeds.first(30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void settlesOnceFaultsStopAndThenStaysQuiet(long seed) {
        var cluster = new SimulatedCluster(seed, 4);
        cluster.createDeployment("web", 3);
        cluster.createDeployment("api", 5);
        cluster.runWithFaults(600);
        cluster.changeDeployment("web", spec -> spec.put("replicas", 4));
        cluster.runHealthy(180);

        assertSettled(cluster, "web", 4, seed);
        assertSettled(cluster, "api", 5, seed);
        long revision = cluster.state().revision();
        cluster.runHealthy(60);
        assertThat(cluster.state().revision())
                .as("nothing is written any more; replay with -Dseed=%d", seed)
                .isEqualTo(revision);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRolloutEndsAlthoughANodeDiesInTheMiddle(long seed) {
        var cluster = new SimulatedCluster(seed, 3);
        cluster.createDeployment("web", 6);
        cluster.runHealthy(60);
        cluster.changeDeployment("web", ClusterSimulationTest::newImage);
        cluster.runHealthy(3);
        cluster.nodes().getFirst().crash();
        cluster.runHealthy(150);

        List<Resource> pods = activePods(cluster, "web");
        assertThat(pods).as("replay with -Dseed=%d", seed).hasSize(6);
        for (Resource pod : pods) {
            assertThat(Resource.text(pod.spec().path("containers").path(0), "image"))
                    .isEqualTo("v2");
            assertThat(Resource.text(pod.spec(), "nodeName")).isIn("n1", "n2");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whenAllNodesFallSilentNoPodIsDrivenAway(long seed) {
        var cluster = new SimulatedCluster(seed, 3);
        cluster.createDeployment("web", 6);
        cluster.runHealthy(60);
        List<String> before = names(activePods(cluster, "web"));
        cluster.nodes().forEach(SimulatedNode::crash);
        cluster.runHealthy(90);

        assertThat(names(activePods(cluster, "web")))
                .as("replay with -Dseed=%d", seed)
                .isEqualTo(before);
    }

    private static void newImage(ObjectNode spec) {
        ((ObjectNode) spec.path("template").path("spec").path("containers").path(0))
                .put("image", "v2");
    }

    private static void assertSettled(
            SimulatedCluster cluster, String name, int replicas, long seed) {
        ObjectKey key = new ObjectKey(SimulatedCluster.DEPLOYMENTS, "default", name);
        Resource deployment = cluster.state().get(key).orElseThrow();
        assertThat(deployment.status().path("availableReplicas").asInt(0))
                .as("%s: %s; replay with -Dseed=%d", name, deployment.status(), seed)
                .isEqualTo(replicas);
        List<Resource> pods = activePods(cluster, name);
        assertThat(pods).as("pods of %s; replay with -Dseed=%d", name, seed).hasSize(replicas);
        assertThat(pods)
                .as("replay with -Dseed=%d", seed)
                .allMatch(pod -> Conditions.isTrue(pod.status().path("conditions"), "Ready"));
    }

    private static List<Resource> activePods(SimulatedCluster cluster, String app) {
        return cluster.state().list(SimulatedState.PODS).stream()
                .filter(pod -> app.equals(pod.labels().get("app")))
                .filter(pod -> !pod.isBeingDeleted())
                .toList();
    }

    private static List<String> names(List<Resource> pods) {
        return pods.stream().map(Resource::name).toList();
    }
}
