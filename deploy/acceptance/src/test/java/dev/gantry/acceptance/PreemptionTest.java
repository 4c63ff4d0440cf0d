package dev.gantry.acceptance;

import static dev.gantry.acceptance.SchedulingTest.pod;
import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Who makes way for whom, where a node has no room for all. */
@ExtendWith(Cluster.Shared.class)
final class PreemptionTest {
    private static final List<Integer> PRIORITIES = List.of(1, 2, 3, 4);

    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    PreemptionTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        StringBuilder classes = new StringBuilder();
        for (int priority : PRIORITIES) {
            classes.append(priorityClass(priority));
        }
        ns.apply(classes.toString());
    }

    @AfterEach
    void deleteClasses() {
        List<String> command = new ArrayList<>(List.of("delete", "priorityclass", "--wait=false"));
        PRIORITIES.forEach(priority -> command.add(className(priority)));
        cluster.tryKubectl(command.toArray(String[]::new));
    }

    /** Conformance: "validates basic preemption works". */
    @Test
    void theLowestPodMakesWayForAHigherOne() {
        try (var foo = foo(5)) {
            ns.apply(pod("low", priority(1), foo.request(2)));
            ns.apply(pod("medium", priority(2), foo.request(2)));
            ns.ready("low");
            ns.ready("medium");
            String medium = ns.uid("medium");

            ns.apply(pod("high", priority(3), foo.request(2)));
            ns.ready("high");

            assertThat(ns.at("/spec/nodeName", "get", "pod", "high")).isEqualTo("node-1");
            eventually(() -> isGone("low"));
            assertThat(ns.uid("medium")).isEqualTo(medium);
            assertThat(isBeingDeleted("medium")).isFalse();
            eventually(() -> ns.kubectl("get", "events").contains("Preempted"));
        }
    }

    /** Conformance: "validates lower priority pod preemption by critical pod". */
    @Test
    void aCriticalPodTakesThePlaceOfAnotherOne() {
        try (var foo = foo(5)) {
            ns.apply(pod("low", priority(1), foo.request(3)));
            ns.ready("low");
            ns.apply(
                    pod(
                            "critical",
                            "  priorityClassName: system-cluster-critical\n",
                            foo.request(3)));
            ns.ready("critical");
            eventually(() -> isGone("low"));
        }
    }

    /** Conformance: "validates pod disruption condition is added to the preempted pod". */
    @Test
    void aPreemptedPodSaysByWhomItWasDisrupted() {
        try (var foo = foo(1)) {
            String victim =
                    pod("victim", priority(1), foo.request(1))
                            .replace("metadata: {", "metadata: {finalizers: [example.com/hold], ");
            ns.apply(victim);
            ns.ready("victim");

            ns.apply(pod("preemptor", priority(2), foo.request(1)));
            eventually(() -> isBeingDeleted("victim") && !disruption("victim").isMissingNode());

            JsonNode disruption = disruption("victim");
            assertThat(disruption.path("status").asString()).isEqualTo("True");
            assertThat(disruption.path("reason").asString()).isEqualTo("PreemptionByScheduler");
            assertThat(disruption.path("message").asString())
                    .isEqualTo(
                            "default-scheduler: preempting to accommodate a higher priority pod");

            ns.kubectl("patch", "pod", "victim", "-p", "{\"metadata\":{\"finalizers\":null}}");
            ns.ready("preemptor");
        }
    }

    /** Conformance: "runs ReplicaSets to verify preemption running path". */
    @Test
    void replicasOfTheLowestPrioritiesMakeWayAndAreMadeAnew() {
        try (var foo = foo(1000)) {
            ns.apply(replicas(1, foo.request(200)));
            ns.apply(replicas(2, foo.request(300)));
            ns.apply(replicas(3, foo.request(450)));
            for (int priority : List.of(1, 2, 3)) {
                eventually(() -> readyReplicas(priority).equals("1"));
            }
            String first = uidOfReplica(1);
            String second = uidOfReplica(2);
            String third = uidOfReplica(3);

            ns.apply(replicas(4, foo.request(500)));
            eventually(() -> readyReplicas(4).equals("1"));

            eventually(() -> isAnother(first, uidOfReplica(1)));
            eventually(() -> isAnother(second, uidOfReplica(2)));
            assertThat(uidOfReplica(3)).isEqualTo(third);
            assertThat(readyReplicas(3)).isEqualTo("1");
        }
    }

    @Test
    void whoMustNotPreemptWaits() {
        String never = "never-" + ns.name();
        ns.apply(
                """
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: %s}
                value: 1000
                preemptionPolicy: Never
                """
                        .formatted(never));
        try (var foo = foo(3)) {
            ns.apply(pod("low", priority(1), foo.request(2)));
            ns.ready("low");
            ns.apply(pod("polite", "  priorityClassName: " + never + "\n", foo.request(2)));
            eventually(
                    () ->
                            ns.kubectl("describe", "pod", "polite")
                                    .contains("not eligible due to preemptionPolicy=Never"));
            assertThat(isBeingDeleted("low")).isFalse();
            ns.delete("pod", "low");
            ns.ready("polite");
        } finally {
            cluster.kubectl("delete", "priorityclass", never);
        }
    }

    private ExtendedResource foo(int amount) {
        return new ExtendedResource(cluster, "node-1", "example.com/" + ns.name(), amount);
    }

    private String className(int priority) {
        return "p" + priority + "-" + ns.name();
    }

    private String priority(int priority) {
        return "  priorityClassName: " + className(priority) + "\n";
    }

    private String priorityClass(int priority) {
        return """
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: %s}
        value: %d
        ---
        """
                .formatted(className(priority), priority);
    }

    private String replicas(int priority, String container) {
        return """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: rs%1$d}
        spec:
          replicas: 1
          selector: {matchLabels: {app: rs%1$d}}
          template:
            metadata: {labels: {app: rs%1$d}}
            spec:
              terminationGracePeriodSeconds: 1
              priorityClassName: %2$s
              containers:
              - {name: main, image: "${image}", command: [sleep, "3600"]%3$s}
        """
                .formatted(priority, className(priority), container);
    }

    private String readyReplicas(int priority) {
        return ns.at("/status/readyReplicas", "get", "replicaset", "rs" + priority);
    }

    private String uidOfReplica(int priority) {
        return ns.at("/items/0/metadata/uid", "get", "pods", "-l", "app=rs" + priority);
    }

    private static boolean isAnother(String before, String now) {
        return !now.isEmpty() && !now.equals(before);
    }

    private boolean isGone(String pod) {
        return ns.tryKubectl("get", "pod", pod).errors().contains("NotFound");
    }

    private boolean isBeingDeleted(String pod) {
        return !ns.at("/metadata/deletionTimestamp", "get", "pod", pod).isEmpty();
    }

    private JsonNode disruption(String pod) {
        for (JsonNode each : ns.json("get", "pod", pod).at("/status/conditions")) {
            if (each.path("type").asString().equals("DisruptionTarget")) {
                return each;
            }
        }
        return tools.jackson.databind.node.MissingNode.getInstance();
    }
}
