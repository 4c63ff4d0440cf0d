package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad days: whatever is killed, nothing acknowledged is lost and everything goes on. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Cluster.BESIDE)
@ExtendWith(Cluster.Beside.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FailureTest {
    @AutoClose private final TestNamespace ns;

    FailureTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    /** A cluster that is young has topics that tell of everything from its beginning. */
    @BeforeAll
    static void age(Cluster cluster) throws Exception {
        new Churn(cluster).untilCompacted();
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
        everybodyGoesOn(cluster);
    }

    /** Controllers, scheduler and agents, and those who take away what is left over. */
    private static void everybodyGoesOn(Cluster cluster) {
        try (var fresh = new TestNamespace(cluster)) {
            eventually(() -> fresh.tryKubectl("get", "configmap", "kube-root-ca.crt").code() == 0);
            fresh.web("after", 1);
            fresh.kubectl("delete", "deployment", "after", "--cascade=background");
            eventually(
                    () ->
                            fresh.json("get", "replicasets,pods,endpointslices")
                                    .path("items")
                                    .isEmpty());
        }
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

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"agent", "containerd"})
    void podsRunOnWhenWhatRunsThemIsKilled(String process, Cluster cluster) {
        ns.sleeper("box");
        String container = ns.at("/status/containerStatuses/0/containerID", "get", "pod", "box");
        String node = ns.at("/spec/nodeName", "get", "pod", "box");
        String killed = process + "-" + node.substring(node.length() - 1);
        long before = cluster.pid(killed);
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        eventually(() -> isRestarted(cluster, killed, before));
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
        String before = ns.at("/metadata/resourceVersion", "get", "configmap", "kept");
        String name = cluster.instance(2).name();
        assertThat(cluster.launcher("down").code()).isZero();
        assertThat(Cluster.run(List.of("ip", "netns")).out()).doesNotContain(name + "-");
        assertThat(Cluster.run(List.of("nft", "list", "tables")).out()).doesNotContain(name);
        for (String left : List.of("link", "-4 route", "-6 route")) {
            String[] command = ("ip " + left).split(" ");
            assertThat(Cluster.run(List.of(command)).out()).doesNotContain(name + "-br");
        }
        cluster.up();
        assertThat(ns.at("/data/a", "get", "configmap", "kept")).isEqualTo("b");
        ns.rolledOut("web");
        everybodyGoesOn(cluster);
        ns.kubectl("create", "configmap", "later");
        goesOnOrIsSentToListAgain(before);
    }

    /** A watcher is told what came since, or that he has to list, from where he can go on. */
    private void goesOnOrIsSentToListAgain(String revision) {
        eventually(
                () -> {
                    String told = watch(revision);
                    return told.contains("\"name\":\"later\"") || told.contains("\"code\":410");
                });
        String now = ns.at("/metadata/resourceVersion", "get", "configmaps");
        ns.kubectl("create", "configmap", "after-the-list");
        eventually(() -> watch(now).contains("\"name\":\"after-the-list\""));
    }

    /** What is told within a moment. */
    private String watch(String revision) {
        String path =
                "/api/v1/namespaces/%s/configmaps?watch=true&timeoutSeconds=1&resourceVersion=%s";
        return ns.kubectl("get", "--raw", path.formatted(ns.name(), revision));
    }

    private static boolean isRestarted(Cluster cluster, String process, long before) {
        long now = cluster.pid(process);
        return now != before && now != 0;
    }
}
