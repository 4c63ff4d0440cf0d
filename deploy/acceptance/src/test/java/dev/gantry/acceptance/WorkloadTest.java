package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Deployments, ReplicaSets and what owns what. */
@Order(11)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Cluster.BESIDE)
@ExtendWith(Cluster.Beside.class)
final class WorkloadTest {
    @AutoClose private final TestNamespace ns;

    WorkloadTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void rollsOutScalesUpdatesAndRollsBack() {
        ns.web("web", 3);
        eventually(() -> ns.at("/status/readyReplicas", "get", "deployment", "web").equals("3"));
        ns.kubectl("scale", "deployment/web", "--replicas=4");
        ns.rolledOut("web");
        assertThat(ns.json("get", "pods", "-l", "app=web").path("items")).hasSize(4);

        ns.kubectl("set", "env", "deployment/web", "COLOR=blue");
        ns.rolledOut("web");
        assertThat(ns.kubectl("rollout", "history", "deployment/web")).contains("1 ", "2 ");
        assertThat(
                        ns.at(
                                "/spec/template/spec/containers/0/env/0/value",
                                "get",
                                "deployment",
                                "web"))
                .isEqualTo("blue");

        ns.kubectl("rollout", "undo", "deployment/web");
        ns.rolledOut("web");
        assertThat(
                        ns.json("get", "deployment", "web")
                                .at("/spec/template/spec/containers/0/env")
                                .isMissingNode())
                .isTrue();
        ns.kubectl("rollout", "restart", "deployment/web");
        ns.rolledOut("web");
    }

    @Test
    void aBadImageStopsTheRolloutAndKeepsTheOldPods() {
        ns.web("web", 2);
        ns.kubectl(
                "patch", "deployment", "web", "-p", "{\"spec\":{\"progressDeadlineSeconds\":5}}");
        ns.kubectl("set", "image", "deployment/web", "web=localhost/gantry/nowhere:1");
        Cluster.Result status =
                ns.tryKubectl("rollout", "status", "deployment/web", TestNamespace.timeout());
        assertThat(status.code()).isNotZero();
        assertThat(status.text()).contains("exceeded its progress deadline");
        eventually(
                () ->
                        ns.json("get", "deployment", "web").at("/status/availableReplicas").asInt(0)
                                >= 2);
        ns.kubectl(
                "patch", "deployment", "web", "-p", "{\"spec\":{\"progressDeadlineSeconds\":600}}");
        ns.kubectl("rollout", "undo", "deployment/web");
        // Until the controller has looked again, the status says that the deadline is exceeded.
        eventually(
                () ->
                        ns.tryKubectl(
                                                "rollout",
                                                "status",
                                                "deployment/web",
                                                TestNamespace.timeout())
                                        .code()
                                == 0);
    }

    @Test
    void replacesADeletedPod() {
        ns.web("web", 2);
        String victim = ns.at("/items/0/metadata/name", "get", "pods", "-l", "app=web");
        ns.delete("pod", victim);
        eventually(() -> ns.json("get", "pods", "-l", "app=web").path("items").size() == 2);
        assertThat(ns.kubectl("get", "pods", "-o", "name")).doesNotContain(victim);
        eventually(() -> ns.at("/status/readyReplicas", "get", "deployment", "web").equals("2"));
    }

    @Test
    void deletionTakesWhatIsOwnedUnlessOrphaned() {
        ns.web("gone", 1);
        ns.kubectl("delete", "deployment", "gone", "--cascade=foreground");
        assertThat(ns.json("get", "replicasets,pods", "-l", "app=gone").path("items")).isEmpty();

        ns.web("kept", 1);
        ns.kubectl("delete", "deployment", "kept", "--cascade=orphan");
        var left = ns.json("get", "replicasets", "-l", "app=kept").path("items");
        assertThat(left).hasSize(1);
        eventually(
                () ->
                        ns.json("get", "replicasets", "-l", "app=kept")
                                .at("/items/0/metadata/ownerReferences")
                                .isMissingNode());
        ns.kubectl("delete", "replicaset", "-l", "app=kept");
        eventually(() -> ns.json("get", "pods", "-l", "app=kept").path("items").isEmpty());
    }

    /** Controllers know of these no more than their metadata. */
    @Test
    void whatIsOrphanedKeepsWhatItHolds() {
        ns.kubectl("create", "configmap", "owner");
        String uid = ns.at("/metadata/uid", "get", "configmap", "owner");
        ns.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: owned
                  labels: {team: a}
                  annotations: {note: b}
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]
                stringData: {password: c}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: owned
                  annotations: {note: b}
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]
                data: {setting: d}
                """
                        .formatted(uid, uid));
        ns.kubectl("delete", "configmap", "owner", "--cascade=orphan");

        for (String kind : List.of("secret", "configmap")) {
            eventually(
                    () ->
                            ns.json("get", kind, "owned")
                                    .at("/metadata/ownerReferences")
                                    .isMissingNode());
            assertThat(ns.at("/metadata/annotations/note", "get", kind, "owned")).isEqualTo("b");
        }
        assertThat(ns.at("/data/password", "get", "secret", "owned")).isEqualTo("Yw==");
        assertThat(ns.at("/metadata/labels/team", "get", "secret", "owned")).isEqualTo("a");
        assertThat(ns.at("/data/setting", "get", "configmap", "owned")).isEqualTo("d");
    }

    @Test
    void deletingANamespaceRemovesAllThatIsInIt(Cluster cluster) {
        ns.web("web", 1);
        ns.kubectl("create", "configmap", "settings", "--from-literal=a=b");
        cluster.kubectl("delete", "namespace", ns.name(), TestNamespace.timeout());
        assertThat(cluster.tryKubectl("get", "namespace", ns.name()).errors()).contains("NotFound");
        assertThat(cluster.tryKubectl("get", "configmap", "settings", "-n", ns.name()).code())
                .isNotZero();
    }

    @Test
    void drainMovesPodsAndUncordonLetsThemBack(Cluster cluster) {
        ns.web("web", 2);
        String node = ns.at("/items/0/spec/nodeName", "get", "pods", "-l", "app=web");
        try {
            cluster.kubectl(
                    "drain",
                    node,
                    "--ignore-daemonsets",
                    "--delete-emptydir-data",
                    "--force",
                    TestNamespace.timeout());
            eventually(() -> readyElsewhere(node) == 2);
        } finally {
            cluster.kubectl("uncordon", node);
            cluster.awaitUntaintedNodes();
        }
    }

    private long readyElsewhere(String node) {
        return ns.json("get", "pods", "-l", "app=web")
                .path("items")
                .valueStream()
                .filter(pod -> !pod.at("/spec/nodeName").asString("").equals(node))
                .filter(pod -> pod.at("/status/containerStatuses/0/ready").asBoolean(false))
                .count();
    }

    @Test
    void aPodThatFitsNowhereSaysWhy() {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: huge}
                spec:
                  containers:
                  - {name: main, image: "${image}", resources: {requests: {cpu: "4000"}}}
                """);
        eventually(
                () ->
                        ns.kubectl("describe", "pod", "huge")
                                .contains("0/2 nodes are available: 2 Insufficient cpu."));
        assertThat(ns.at("/status/conditions/0/reason", "get", "pod", "huge"))
                .isEqualTo("Unschedulable");
    }

    @Test
    void runAndExposeMakeAServingPod() {
        ns.kubectl(
                List.of(
                                "run",
                                "solo",
                                "--image=" + Cluster.IMAGE,
                                "--port=8080",
                                "--",
                                "sh",
                                "-c",
                                "mkdir /www; echo solo > /www/index.html; exec httpd -f -p 8080 -h /www")
                        .toArray(String[]::new));
        ns.ready("solo");
        ns.kubectl("expose", "pod", "solo", "--port=80", "--target-port=8080");
        ns.sleeper("client");
        eventually(
                () ->
                        ns.tryKubectl("exec", "client", "--", "wget", "-q", "-O-", "http://solo/")
                                .out()
                                .contains("solo"));
    }
}
