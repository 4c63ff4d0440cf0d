package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Rebalancing, in a cluster of its own: elsewhere it would move other tests' pods. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
final class RebalanceTest {
    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");
    @AutoClose private static Cluster cluster;

    @AutoClose private final TestNamespace ns = new TestNamespace(cluster);

    @BeforeAll
    static void start() {
        cluster =
                new Cluster(
                        "rebalancing",
                        43,
                        NODES.size(),
                        "GANTRY_SCHEDULER_REBALANCE_MODE=both",
                        "GANTRY_SCHEDULER_REBALANCE_SETTLE_SECONDS=3");
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void almostEmptyNodesBecomeEmptyAndBudgetsAreHonoured() {
        deployOn("node-2", "guarded", 1, 1, "");
        ns.apply(
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: guarded}
                spec: {minAvailable: 1, selector: {matchLabels: {app: guarded}}}
                """);
        deployOn("node-3", "free", 1, 2, "");
        String guarded = uidOf("guarded");
        String free = uidOf("free");
        // From here on it may be moved.
        deployOn("node-1", "large", 1, 8, "");
        openAll();

        eventually(() -> nodesOf("free").equals("node-1"));

        assertThat(uidOf("guarded"))
                .as("node-2 was emptier, but for its budget")
                .isEqualTo(guarded);
        assertThat(uidOf("free")).isNotEqualTo(free);
        eventually(() -> reasons(free).contains("to empty the node"));
        ns.kubectl("delete", "pdb", "guarded");
        eventually(() -> nodesOf("guarded").equals("node-1"));
        assertThat(nodesOf("large")).isEqualTo("node-1");
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void spreadIsRestoredWhenThereIsRoomAgain() {
        deployOn(
                "node-1",
                "even",
                2,
                1,
                """
                      topologySpreadConstraints:
                      - maxSkew: 1
                        topologyKey: kubernetes.io/hostname
                        whenUnsatisfiable: ScheduleAnyway
                        labelSelector: {matchLabels: {app: even}}
                """);
        assertThat(nodesOf("even")).isEqualTo("node-1 node-1");
        openAll();

        eventually(() -> nodesOf("even").split(" ").length == 2 && differ(nodesOf("even")));

        eventually(() -> reasons("").contains("to restore its spread over kubernetes.io/hostname"));
    }

    /** Asks for as much memory as cpu, so that the fuller node is the better one for packing. */
    private void deployOn(String node, String name, int replicas, int tenths, String spec) {
        NODES.forEach(each -> cluster.kubectl(each.equals(node) ? "uncordon" : "cordon", each));
        ns.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: %2$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      terminationGracePeriodSeconds: 1
                %4$s
                      containers:
                      - name: main
                        image: "${image}"
                        command: [sleep, "3600"]
                        resources: {requests: {cpu: %3$d00m, memory: %3$dGi}}
                """
                        .formatted(name, replicas, tenths, spec));
        ns.rolledOut(name);
        eventually(() -> isOnlyOn(node, name));
    }

    /**
     * The scheduler may have heard of a pod sooner than that other nodes are cordoned: a pod that
     * is elsewhere for that reason is deleted, and its successor placed again.
     */
    private boolean isOnlyOn(String node, String name) {
        boolean isThere = List.of(nodesOf(name).split(" ")).stream().allMatch(node::equals);
        if (!isThere) {
            String elsewhere = "--field-selector=spec.nodeName!=" + node;
            ns.kubectl("delete", "pods", "-l", "app=" + name, elsewhere, "--wait=false");
            ns.rolledOut(name);
        }
        return isThere;
    }

    private static void openAll() {
        NODES.forEach(each -> cluster.kubectl("uncordon", each));
    }

    private String nodesOf(String app) {
        return ns.kubectl(
                "get", "pods", "-l", "app=" + app, "-o", "jsonpath={.items[*].spec.nodeName}");
    }

    private static boolean differ(String nodes) {
        return List.of(nodes.split(" ")).stream().distinct().count() == 2;
    }

    private String uidOf(String app) {
        return ns.kubectl(
                "get", "pods", "-l", "app=" + app, "-o", "jsonpath={.items[*].metadata.uid}");
    }

    /** What events say of why a pod was moved; of all pods where the uid is empty. */
    private String reasons(String uid) {
        String ofPod = uid.isEmpty() ? "" : ",involvedObject.uid=" + uid;
        return ns.kubectl(
                "get",
                "events",
                "--field-selector",
                "reason=Rebalanced" + ofPod,
                "-o",
                "jsonpath={.items[*].message}");
    }
}
