package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Jobs, CronJobs, StatefulSets, DaemonSets and ReplicationControllers, as kubectl sees them. */
@ExtendWith(Cluster.Shared.class)
final class EveryWorkloadTest {
    @AutoClose private final TestNamespace ns;

    EveryWorkloadTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void aJobRunsToItsEndAndGoesAwayByItself() {
        ns.apply(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: sum}
                spec:
                  completionMode: Indexed
                  completions: 3
                  parallelism: 2
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                      - {name: c, image: "${image}", command: [sh, -c, "echo index $JOB_COMPLETION_INDEX"]}
                """);
        ns.kubectl("wait", "--for=condition=complete", "job/sum", TestNamespace.timeout());
        JsonNode job = ns.json("get", "job", "sum");
        assertThat(job.at("/status/succeeded").asInt()).isEqualTo(3);
        assertThat(job.at("/status/completedIndexes").asString()).isEqualTo("0-2");
        assertThat(ns.kubectl("get", "job", "sum")).contains("Complete", "3/3");
        eventually(
                () ->
                        ns.kubectl("logs", "-l", "batch.kubernetes.io/job-completion-index=2")
                                .contains("index 2"));
        for (JsonNode pod : ns.json("get", "pods", "-l", "job-name=sum").path("items")) {
            assertThat(pod.at("/metadata/finalizers")).isEmpty();
        }
        ns.kubectl("patch", "job", "sum", "-p", "{\"spec\":{\"ttlSecondsAfterFinished\":1}}");
        eventually(() -> ns.tryKubectl("get", "job", "sum").errors().contains("NotFound"));
        eventually(() -> ns.json("get", "pods").path("items").isEmpty());
    }

    @Test
    void aJobThatFailsSaysWhy() {
        ns.apply(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: broken}
                spec:
                  podFailurePolicy:
                    rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: c, image: "${image}", command: [sh, -c, "exit 42"]}]
                """);
        ns.kubectl("wait", "--for=condition=failed", "job/broken", TestNamespace.timeout());
        assertThat(ns.kubectl("describe", "job", "broken"))
                .contains("PodFailurePolicy", "failed with exit code 42");
    }

    @Test
    void aCronJobMakesJobs() {
        ns.apply(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: tick}
                spec:
                  schedule: "* * * * *"
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          restartPolicy: Never
                          containers: [{name: c, image: "${image}", command: ["true"]}]
                """);
        ns.kubectl("create", "job", "now", "--from=cronjob/tick");
        ns.kubectl("wait", "--for=condition=complete", "job/now", TestNamespace.timeout());
        eventually(() -> !ns.at("/status/lastSuccessfulTime", "get", "cronjob", "tick").isEmpty());
        assertThat(ns.kubectl("get", "cronjob", "tick")).contains("* * * * *", "False");
    }

    @Test
    void aStatefulSetHasNamesAndRollsAndIsRolledBack() {
        ns.apply(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: db}
                spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: db
                  replicas: 2
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers: [{name: c, image: "${image}", command: [sleep, "3600"]}]
                """);
        ns.kubectl("rollout", "status", "statefulset/db", TestNamespace.timeout());
        assertThat(ns.kubectl("exec", "db-1", "--", "hostname")).startsWith("db-1");
        String uid = ns.uid("db-0");

        ns.kubectl("set", "env", "statefulset/db", "COLOR=blue");
        ns.kubectl("rollout", "status", "statefulset/db", TestNamespace.timeout());
        assertThat(ns.uid("db-0")).isNotEqualTo(uid);
        assertThat(ns.kubectl("exec", "db-0", "--", "env")).contains("COLOR=blue");
        assertThat(ns.kubectl("rollout", "history", "statefulset/db")).contains("1 ", "2 ");

        ns.kubectl("rollout", "undo", "statefulset/db");
        ns.kubectl("rollout", "status", "statefulset/db", TestNamespace.timeout());
        assertThat(ns.kubectl("exec", "db-0", "--", "env")).doesNotContain("COLOR");
        ns.kubectl("scale", "statefulset/db", "--replicas=1");
        eventually(() -> ns.tryKubectl("get", "pod", "db-1").errors().contains("NotFound"));
    }

    @Test
    void aDaemonSetIsOnEachNodeAndIsRolledBack(Cluster cluster) {
        ns.apply(
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: logs}
                spec:
                  selector: {matchLabels: {app: logs}}
                  template:
                    metadata: {labels: {app: logs}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers: [{name: c, image: "${image}", command: [sleep, "3600"]}]
                """);
        ns.kubectl("rollout", "status", "daemonset/logs", TestNamespace.timeout());
        var nodes = new TreeSet<String>();
        for (JsonNode pod : ns.json("get", "pods").path("items")) {
            nodes.add(pod.at("/spec/nodeName").asString());
        }
        assertThat(nodes).hasSameSizeAs(cluster.json("get", "nodes").path("items"));

        ns.kubectl("set", "env", "daemonset/logs", "COLOR=blue");
        ns.kubectl("rollout", "status", "daemonset/logs", TestNamespace.timeout());
        ns.kubectl("rollout", "undo", "daemonset/logs");
        ns.kubectl("rollout", "status", "daemonset/logs", TestNamespace.timeout());
        assertThat(
                        ns.json("get", "daemonset", "logs")
                                .at("/spec/template/spec/containers/0/env")
                                .isMissingNode())
                .isTrue();
    }

    @Test
    void drainMovesWhatAStatefulSetHasAndLeavesADaemonSetsPods(Cluster cluster) {
        for (String kind : new String[] {"StatefulSet", "DaemonSet"}) {
            ns.apply(
                    """
                    apiVersion: apps/v1
                    kind: %1$s
                    metadata: {name: held}
                    spec:
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec:
                          terminationGracePeriodSeconds: 1
                          containers: [{name: c, image: "${image}", command: [sleep, "3600"]}]
                    """
                            .formatted(kind));
            ns.kubectl("rollout", "status", kind + "/held", TestNamespace.timeout());
        }
        String node = ns.at("/spec/nodeName", "get", "pod", "held-0");
        String uid = ns.uid("held-0");
        try {
            String said =
                    cluster.kubectl(
                            "drain",
                            node,
                            "--ignore-daemonsets",
                            "--delete-emptydir-data",
                            "--force",
                            TestNamespace.timeout());
            assertThat(said).contains("drained");
            ns.replaced("held-0", uid);
            assertThat(ns.at("/spec/nodeName", "get", "pod", "held-0")).isNotEqualTo(node);
            assertThat(
                            ns.json("get", "pods", "--field-selector", "spec.nodeName=" + node)
                                    .path("items"))
                    .hasSize(1);
        } finally {
            cluster.kubectl("uncordon", node);
            cluster.awaitUntaintedNodes();
        }
    }

    @Test
    void aReplicationControllerKeepsItsPods() {
        ns.apply(
                """
                apiVersion: v1
                kind: ReplicationController
                metadata: {name: old}
                spec:
                  replicas: 2
                  template:
                    metadata: {labels: {app: old}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers: [{name: c, image: "${image}", command: [sleep, "3600"]}]
                """);
        eventually(() -> ns.at("/status/readyReplicas", "get", "rc", "old").equals("2"));
        ns.kubectl("scale", "rc/old", "--replicas=0");
        eventually(() -> ns.json("get", "pods").path("items").isEmpty());
    }
}
