package dev.gantry.acceptance;

import static dev.gantry.testkit.Patience.await;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Of two schedulers side by side the leading one is killed while pods come in. What it had said but
 * nobody had heard is said by the other: each pod is bound, and bound once.
 */
record SchedulerTakeover(ClusterApi api, Replicas schedulers) {
    /** As many as fill two nodes: space that is counted twice leaves a pod without a node. */
    private static final int PODS = 80;

    private static final int MOST_ON_A_NODE = 40;
    private static final int PODS_BEFORE_THE_KILL = 30;

    void theStandbyGoesOnWhenTheLeaderIsKilled() throws InterruptedException {
        create(0, PODS_BEFORE_THE_KILL);
        String leader = schedulers.killLeader();
        create(PODS_BEFORE_THE_KILL, PODS);

        await().until(() -> nodes().size() == PODS);
        assertThat(nodes().stream().collect(groupingBy(each -> each, counting())))
                .as("pods on each node")
                .containsOnly(
                        Map.entry("simulated", (long) MOST_ON_A_NODE),
                        Map.entry("simulated-2", (long) MOST_ON_A_NODE));
        await().until(() -> scheduledEvents().size() == PODS);
        assertThat(scheduledEvents())
                .as("how often each pod was bound")
                .hasSize(PODS)
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
        schedulers.assertTakenOverFrom(leader);
    }

    private void create(int from, int end) {
        for (int i = from; i < end; i++) {
            api.create(Resources.PODS, pod("filling-" + i));
        }
    }

    /** Of the pods that have one. */
    private List<String> nodes() {
        return api.list(Resources.PODS, "default", "labelSelector=app%3Dfilling").stream()
                .map(pod -> Resource.text(pod.spec(), "nodeName"))
                .filter(node -> !node.isEmpty())
                .toList();
    }

    /** State records one along with each binding. */
    private Map<String, Long> scheduledEvents() {
        return api.list(Resources.EVENTS, "default", "fieldSelector=reason%3DScheduled").stream()
                .map(event -> Resource.text(event.tree().path("involvedObject"), "name"))
                .filter(name -> name.startsWith("filling-"))
                .collect(groupingBy(name -> name, counting()));
    }

    private static Resource pod(String name) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(POD.formatted(name)));
    }

    private static final String POD =
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "%s", "namespace": "default", "labels": {"app": "filling"}},
             "spec": {"tolerations": [{"operator": "Exists"}],
              "containers": [{"name": "c", "image": "localhost/gantry/busybox:1.37",
               "resources": {"requests": {"cpu": "100m"}}}]}}
            """;
}
