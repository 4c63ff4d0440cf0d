package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Where pods go on real nodes, and what those that fit nowhere are told. */
@ExtendWith(Cluster.Shared.class)
final class SchedulingTest {
    @AutoClose private final TestNamespace ns;

    SchedulingTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    /** Conformance: "validates that NodeSelector is respected if matching". */
    @Test
    void aNodeSelectorThatMatchesIsObeyed(Cluster cluster) {
        String label = "example.com/" + ns.name();
        cluster.kubectl("label", "node", "node-2", label + "=42");
        try {
            ns.apply(pod("chosen", "  nodeSelector: {%s: \"42\"}\n".formatted(label), ""));
            ns.ready("chosen");
            assertThat(nodeOf("chosen")).isEqualTo("node-2");
        } finally {
            cluster.kubectl("label", "node", "node-2", label + "-");
        }
    }

    /** Conformance: "validates that NodeSelector is respected if not matching". */
    @Test
    void aNodeSelectorThatMatchesNothingKeepsThePodWaiting() {
        ns.apply(pod("nowhere", "  nodeSelector: {example.com/label: nonempty}\n", ""));
        waitsBecause("nowhere", "2 node(s) didn't match Pod's node affinity/selector.");
    }

    /** Conformance: "validates resource limits of pods that are allowed to run". */
    @Test
    void aNodeTakesNoMoreThanItHas(Cluster cluster) {
        try (var foo = new ExtendedResource(cluster, "node-1", "example.com/" + ns.name(), 10)) {
            ns.apply(pod("first", "", foo.request(6)));
            ns.ready("first");
            assertThat(nodeOf("first")).isEqualTo("node-1");

            ns.apply(pod("second", "", foo.request(6)));
            waitsBecause("second", "2 Insufficient " + foo.name() + ".");
            eventually(() -> ns.kubectl("describe", "pod", "second").contains("FailedScheduling"));

            ns.delete("pod", "first");
            ns.ready("second");
        }
    }

    /** Conformance: "validates that there exists conflict between pods with same hostPort". */
    @Test
    void oneHostPortIsTakenOnAllAddressesOfANode() {
        String here = "  nodeSelector: {kubernetes.io/hostname: node-1}\n";
        String port = ", ports: [{containerPort: 8080, hostPort: 54322%s}]";
        ns.apply(pod("all", here, port.formatted(", hostIP: 0.0.0.0")));
        ns.ready("all");
        ns.apply(pod("one", here, port.formatted(", hostIP: 127.0.0.1")));
        waitsBecause("one", "1 node(s) didn't have free ports for the requested pod ports");
    }

    /** Conformance: "validates that there is no conflict between pods with same hostPort". */
    @Test
    void equalHostPortsGetAlongOnOtherAddressesAndProtocols(Cluster cluster) {
        String address =
                cluster.kubectl(
                                "get",
                                "node",
                                "node-1",
                                "-o",
                                "jsonpath={.status.addresses[?(@.type==\"InternalIP\")].address}")
                        .split(" ")[0];
        String here = "  nodeSelector: {kubernetes.io/hostname: node-1}\n";
        String port = ", ports: [{containerPort: 8080, hostPort: 54323, hostIP: %s, protocol: %s}]";
        ns.apply(
                String.join(
                        "---\n",
                        pod("local", here, port.formatted("127.0.0.1", "TCP")),
                        pod("outer", here, port.formatted(address, "TCP")),
                        pod("datagram", here, port.formatted(address, "UDP"))));
        for (String each : List.of("local", "outer", "datagram")) {
            ns.ready(each);
            assertThat(nodeOf(each)).isEqualTo("node-1");
        }
    }

    @Test
    void podsThatWantToBeApartAreOnDifferentNodes() {
        String apart =
                """
                  affinity:
                    podAntiAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                      - labelSelector: {matchExpressions: [{key: app, operator: In, values: [a, b, c]}]}
                        topologyKey: kubernetes.io/hostname
                """;
        ns.apply(String.join("---\n", pod("a", apart, ""), pod("b", apart, "")));
        ns.ready("a");
        ns.ready("b");
        assertThat(nodeOf("a")).isNotEqualTo(nodeOf("b"));
        ns.apply(pod("c", apart, ""));
        waitsBecause("c", "2 node(s) didn't match pod anti-affinity rules.");
        ns.delete("pod", "a");
        ns.ready("c");
    }

    @Test
    void replicasAreSpreadEvenlyOverNodes() {
        ns.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: even}
                spec:
                  replicas: 4
                  selector: {matchLabels: {app: even}}
                  template:
                    metadata: {labels: {app: even}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      topologySpreadConstraints:
                      - maxSkew: 1
                        topologyKey: kubernetes.io/hostname
                        whenUnsatisfiable: DoNotSchedule
                        labelSelector: {matchLabels: {app: even}}
                        matchLabelKeys: [pod-template-hash]
                      containers:
                      - {name: main, image: "${image}", command: [sleep, "3600"]}
                """);
        ns.rolledOut("even");
        var perNode = new TreeMap<String, Long>();
        for (JsonNode pod : ns.json("get", "pods", "-l", "app=even").path("items")) {
            perNode.merge(pod.at("/spec/nodeName").asString(), 1L, Long::sum);
        }
        assertThat(perNode).hasSize(2).allSatisfy((_, pods) -> assertThat(pods).isEqualTo(2));
    }

    @Test
    void aSecondSchedulerBindsItsPodsItself(Cluster cluster) {
        ns.apply(pod("foreign", "  schedulerName: somebody-else\n", ""));
        ns.apply(pod("ours", "", ""));
        ns.ready("ours");
        JsonNode waiting = ns.json("get", "pod", "foreign");
        assertThat(waiting.at("/spec/nodeName").isMissingNode()).isTrue();
        assertThat(waiting.at("/status/conditions").isEmpty()).isTrue();

        String binding =
                """
                {"apiVersion":"v1","kind":"Binding","metadata":{"name":"foreign"},
                 "target":{"apiVersion":"v1","kind":"Node","name":"node-2"}}""";
        String path = "/api/v1/namespaces/%s/pods/foreign/binding".formatted(ns.name());
        Cluster.Result bound =
                cluster.kubectlWithInput(binding, "create", "--raw", path, "-f", "-");
        assertThat(bound.code()).as(bound.text()).isZero();
        ns.ready("foreign");
        assertThat(nodeOf("foreign")).isEqualTo("node-2");
    }

    @Test
    void aGatedPodIsNotTriedBeforeItsGatesAreOpen() {
        ns.apply(pod("gated", "  schedulingGates: [{name: example.com/quota}]\n", ""));
        eventually(
                () ->
                        ns.at("/status/conditions/0/reason", "get", "pod", "gated")
                                .equals("SchedulingGated"));
        ns.kubectl(
                "patch",
                "pod",
                "gated",
                "--type=json",
                "-p",
                "[{\"op\":\"remove\",\"path\":\"/spec/schedulingGates\"}]");
        ns.ready("gated");
    }

    @Test
    void aTaintKeepsPodsAwayThatDoNotTolerateIt(Cluster cluster) {
        String taint = "example.com/" + ns.name();
        String here = "  nodeSelector: {kubernetes.io/hostname: node-2}\n";
        String tolerates = "  tolerations: [{key: %s, operator: Exists}]\n".formatted(taint);
        cluster.kubectl("taint", "node", "node-2", taint + "=yes:NoSchedule");
        try {
            ns.apply(
                    String.join(
                            "---\n", pod("picky", here, ""), pod("easy", here + tolerates, "")));
            ns.ready("easy");
            waitsBecause("picky", "1 node(s) had untolerated taint");
        } finally {
            cluster.kubectl("taint", "node", "node-2", taint + "-");
        }
        ns.ready("picky");
    }

    /** A pod that sleeps; lines for its spec, and fields for its container. */
    static String pod(String name, String spec, String container) {
        return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %1$s, labels: {app: %1$s}}
        spec:
          terminationGracePeriodSeconds: 1
        %2$s  containers:
          - {name: main, image: "${image}", command: [sleep, "3600"]%3$s}
        """
                .formatted(name, spec, container);
    }

    private String nodeOf(String pod) {
        return ns.at("/spec/nodeName", "get", "pod", pod);
    }

    private void waitsBecause(String pod, String reason) {
        eventually(() -> scheduled(pod).path("message").asString("").contains(reason));
        assertThat(scheduled(pod).path("reason").asString()).isEqualTo("Unschedulable");
        assertThat(nodeOf(pod)).isEmpty();
    }

    private JsonNode scheduled(String pod) {
        JsonNode conditions = ns.json("get", "pod", pod).at("/status/conditions");
        return StreamSupport.stream(conditions.spliterator(), false)
                .filter(each -> each.path("type").asString().equals("PodScheduled"))
                .findFirst()
                .orElse(conditions);
    }
}
