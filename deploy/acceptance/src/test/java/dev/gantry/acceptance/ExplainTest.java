package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The scheduler explains itself: the kept decision, and the plugin of an unmodified kubectl. */
@ExtendWith(Cluster.Shared.class)
final class ExplainTest {
    private static final Path PLUGINS = Path.of("../../bin").toAbsolutePath().normalize();
    private static final String DECISION = "/metadata/annotations/gantry.dev~1decision";

    private final Cluster cluster;
    @AutoClose private final TestNamespace ns;

    ExplainTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @Test
    void aRunningPodSaysWhyItIsThere() {
        ns.sleeper("web");
        String node = ns.at("/spec/nodeName", "get", "pod", "web");
        JsonNode kept = JsonMapper.shared().readTree(ns.at(DECISION, "get", "pod", "web"));

        assertThat(kept.path("node").asString("")).isEqualTo(node);
        assertThat(kept.path("nodes").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(kept.path("feasible").asInt()).isPositive();

        Cluster.Result why = gantry("", "why", "pod/web");
        assertThat(why.code()).as(why.text()).isZero();
        assertThat(why.out())
                .contains("pod " + ns.name() + "/web is on " + node, "nodes fitted", "scored");
    }

    @Test
    void aKeptDecisionNamesTheNodesThatEachFilterRuledOut() {
        String selector = "nodeSelector: {kubernetes.io/hostname: node-1}";
        ns.apply(pod("small", "10m", selector));
        ns.apply(pod("big", "6400", selector));
        ns.waitFor("pod/small", "condition=PodScheduled");
        TestNamespace.eventually(() -> !ns.at(DECISION, "get", "pod", "big").isEmpty());

        JsonNode small = JsonMapper.shared().readTree(ns.at(DECISION, "get", "pod", "small"));
        assertThat(small.path("node").asString("")).isEqualTo("node-1");
        assertThat(small.at("/ruledOut/NodeAffinity").asInt()).isEqualTo(1);
        assertThat(small.at("/ruledOutNodes/NodeAffinity").asString("")).isEqualTo("node-2");
        assertThat(small.path("ruledOutNodes").has("NodeResourcesFit")).isFalse();

        JsonNode big = JsonMapper.shared().readTree(ns.at(DECISION, "get", "pod", "big"));
        assertThat(big.path("feasible").asInt()).isZero();
        assertThat(big.at("/ruledOutNodes/NodeAffinity").asString("")).isEqualTo("node-2");
        assertThat(big.at("/ruledOutNodes/NodeResourcesFit").asString("")).isEqualTo("node-1");
    }

    @Test
    void theDecisionIsKeptInHistoryAndNoClientTakesItAway() {
        ns.sleeper("web");
        ObjectNode pod = (ObjectNode) ns.json("get", "pod", "web");
        String decision = pod.at(DECISION).asString("");
        String revision = pod.at("/metadata/resourceVersion").asString();
        ((ObjectNode) pod.at("/metadata/annotations")).remove("gantry.dev/decision");
        ((ObjectNode) pod.at("/metadata/labels")).put("changed", "yes");
        ((ObjectNode) pod.path("metadata")).remove("resourceVersion");

        Cluster.Result replaced =
                cluster.kubectlWithInput(pod.toString(), "replace", "-n", ns.name(), "-f", "-");

        assertThat(replaced.code()).as(replaced.text()).isZero();
        assertThat(decision).isNotEmpty();
        assertThat(ns.at("/metadata/labels/changed", "get", "pod", "web")).isEqualTo("yes");
        assertThat(ns.at(DECISION, "get", "pod", "web")).isEqualTo(decision);
        String server = ns.at("/clusters/0/cluster/server", "config", "view", "--raw");
        assertThat(ns.at(DECISION, "--server", server + "/asof/" + revision, "get", "pod", "web"))
                .isEqualTo(decision);
    }

    @Test
    void whatIsSuggestedForAPendingPodHelps() {
        ns.apply(pod("big", "6400"));
        TestNamespace.eventually(
                () ->
                        ns.at("/status/conditions/0/reason", "get", "pod", "big")
                                .equals("Unschedulable"));

        Cluster.Result told = gantry("", "why", "pod/big");
        assertThat(told.out())
                .contains("fits nowhere", "Insufficient cpu", "insufficient cpu: asks for 6400")
                .containsPattern("fits on node-\\d.* if its cpu request were ≤ ");

        Cluster.Result json = gantry("", "why", "pod/big", "-o", "json");
        JsonNode change = JsonMapper.shared().readTree(json.out()).at("/suggestions/0/changes/0");
        assertThat(change.path("change").asString("")).as(json.out()).isEqualTo("LowerRequest");
        ns.apply(pod("smaller", change.path("most").asLong() + "m"));
        ns.waitFor("pod/smaller", "condition=PodScheduled");
        // It has a node to itself: others need the room.
        ns.delete("pod", "smaller");
    }

    @Test
    void aPlanSaysWhatWouldStayPendingAndWritesNothing() {
        String manifest = deployment("planned", 3, "6400");

        Cluster.Result now = gantry(manifest, "plan", "-f", "-");
        assertThat(now.code()).as(now.text()).isEqualTo(1);
        assertThat(now.out())
                .contains(
                        "Deployment %s/planned: 3 pods, 3 would stay pending".formatted(ns.name()),
                        "Insufficient cpu");

        Cluster.Result richer = gantry(manifest, "plan", "-f", "-", "--add-nodes", "3=6500,64Gi");
        assertThat(richer.code()).as(richer.text()).isZero();
        assertThat(richer.out()).contains("  new-1  1", "  new-2  1", "  new-3  1");
        assertThat(ns.json("get", "deployments,pods").path("items")).isEmpty();
        assertThat(cluster.tryKubectl("get", "node", "new-1").code()).isNotZero();
    }

    @Test
    void theSchedulersProfilesAreKnownToEverybodyAndItsOwnToWrite() {
        String map = "configmap/gantry-scheduler-profiles";
        TestNamespace.eventually(
                () -> cluster.tryKubectl("get", map, "-n", "kube-system").code() == 0);
        assertThat(cluster.json("get", map, "-n", "kube-system").at("/data/profile").asString(""))
                .isEqualTo("packing");
        assertThat(may("get", map, "jane")).isTrue();
        assertThat(may("update", map, "jane")).isFalse();
        assertThat(may("update", map, "system:kube-scheduler")).isTrue();
        assertThat(may("update", "configmap/other", "system:kube-scheduler")).isFalse();
        assertThat(gantry("", "plan", "--add-nodes", "1=1,1Gi").errors())
                .doesNotContain("profiles are not known");
    }

    private boolean may(String verb, String object, String user) {
        return cluster.tryKubectl(
                                "auth",
                                "can-i",
                                verb,
                                object,
                                "-n",
                                "kube-system",
                                "--as",
                                user,
                                "--as-group",
                                "system:authenticated")
                        .code()
                == 0;
    }

    @Test
    void aPlanOfADrainMovesThePodsOfThatNode() {
        ns.web("web", 2);
        String pod = ns.at("/items/0/metadata/name", "get", "pods");
        String node = ns.at("/items/0/spec/nodeName", "get", "pods");

        Cluster.Result plan = gantry("", "plan", "-v", "--drain", node);

        assertThat(plan.out()).contains(ns.name() + "/" + pod + " → ").doesNotContain(" → " + node);
        assertThat(cluster.json("get", "node", node).path("spec").has("unschedulable")).isFalse();
        assertThat(gantry("", "plan", "--drain", "nowhere").errors()).contains("no such node");
    }

    /** {@code kubectl gantry …} of the kubectl that is installed, with our folder on its PATH. */
    private Cluster.Result gantry(String input, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add("env");
        command.add("PATH=" + PLUGINS + ":" + System.getenv("PATH"));
        command.add("JAVA_HOME=" + System.getProperty("java.home"));
        command.add("KUBECONFIG=" + cluster.kubeconfig());
        command.addAll(List.of("kubectl", "gantry"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-n", ns.name()));
        return Cluster.run(command, input, Patience.COMMAND);
    }

    private static String pod(String name, String cpu) {
        return pod(name, cpu, "");
    }

    /**
     * @param more lines at the level of the pod's spec
     */
    private static String pod(String name, String cpu, String more) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - {name: main, image: "${image}", command: [sleep, "3600"], resources: {requests: {cpu: %s}}}
                  %s
                """
                .formatted(name, cpu, more);
    }

    private static String deployment(String name, int replicas, String cpu) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: %2$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers:
                      - {name: main, image: unused, resources: {requests: {cpu: "%3$s"}}}
                """
                .formatted(name, replicas, cpu);
    }
}
