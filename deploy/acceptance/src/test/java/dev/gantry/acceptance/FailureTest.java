package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad days: whatever is killed, nothing acknowledged is lost and everything goes on. */
@ExtendWith(Cluster.Shared.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FailureTest {
    @AutoClose private final TestNamespace ns;

    FailureTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"control-plane", "postgres", "kafka"})
    void killedUnderLoadLosesNothingThatWasAcknowledged(String process, Cluster cluster)
            throws Exception {
        try (var writers = new Writers(cluster.api(), ns.name())) {
            eventually(() -> writers.acknowledged() > 200);
            long victim = cluster.pid(process);
            ProcessHandle.of(victim).orElseThrow().destroyForcibly();
            int atTheKill = writers.acknowledged();
            eventually(() -> isRestarted(cluster, process, victim));
            eventually(() -> writers.acknowledged() > atTheKill + 200);
            writers.end();
            assertThat(writers.lost()).isEmpty();
        }
        eventually(cluster::isWell);
        ns.web("after", 1);
    }

    @Test
    @Order(2)
    void podsOfAKilledNodeAreReplacedElsewhere(Cluster cluster) {
        ns.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      tolerations:
                      - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 2}
                      - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 2}
                      containers:
                      - {name: web, image: "${image}", command: [sleep, "3600"]}
                """);
        ns.rolledOut("web");
        String node = ns.at("/items/0/spec/nodeName", "get", "pods", "-l", "app=web");
        try (var hung = new HungNode(cluster, node, "agent", "containerd")) {
            hung.awaitNotReady();
            eventually(() -> runningElsewhere(node) == 2);
        }
    }

    private long runningElsewhere(String node) {
        return ns.json("get", "pods", "-l", "app=web")
                .path("items")
                .valueStream()
                .filter(pod -> !pod.at("/spec/nodeName").asString("").equals(node))
                .filter(pod -> pod.at("/status/phase").asString("").equals("Running"))
                .count();
    }

    @Test
    @Order(3)
    void anAgentThatRestartsKeepsItsPodsRunning(Cluster cluster) {
        ns.sleeper("box");
        String container = ns.at("/status/containerStatuses/0/containerID", "get", "pod", "box");
        String node = ns.at("/spec/nodeName", "get", "pod", "box");
        String agent = "agent-" + node.substring(node.length() - 1);
        long before = cluster.pid(agent);
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        eventually(() -> isRestarted(cluster, agent, before));
        eventually(cluster::isWell);
        eventually(() -> ns.tryKubectl("exec", "box", "--", "true").code() == 0);
        assertThat(ns.at("/status/containerStatuses/0/containerID", "get", "pod", "box"))
                .isEqualTo(container);
        assertThat(ns.at("/status/containerStatuses/0/restartCount", "get", "pod", "box"))
                .isEqualTo("0");
    }

    @Test
    @Order(4)
    void downAndUpBringsBackEveryObjectAndPodsRunAgain(Cluster cluster) {
        ns.web("web", 2);
        ns.kubectl("create", "configmap", "kept", "--from-literal=a=b");
        assertThat(cluster.launcher("down").code()).isZero();
        assertThat(Cluster.run(List.of("ip", "netns")).out()).doesNotContain("gantry42-");
        assertThat(Cluster.run(List.of("nft", "list", "tables")).out()).doesNotContain("gantry42");
        for (String left : List.of("link", "-4 route", "-6 route")) {
            String[] command = ("ip " + left).split(" ");
            assertThat(Cluster.run(List.of(command)).out()).doesNotContain("gantry42-br");
        }
        cluster.up();
        assertThat(ns.at("/data/a", "get", "configmap", "kept")).isEqualTo("b");
        ns.rolledOut("web");
        ns.sleeper("new");
    }

    private static boolean isRestarted(Cluster cluster, String process, long before) {
        long now = cluster.pid(process);
        return now != before && now != 0;
    }
}
