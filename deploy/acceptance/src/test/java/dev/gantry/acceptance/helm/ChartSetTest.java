package dev.gantry.acceptance.helm;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.HungNode;
import dev.gantry.acceptance.TestNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Five shapes of real life beside each other, on good days and on a bad one. */
@Order(4)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Cluster.BESIDE)
@ExtendWith(Cluster.Beside.class)
final class ChartSetTest {
    private static final List<String> CHARTS =
            List.of("database", "queue", "web", "batch", "operator");
    private static final List<String> WORKLOADS =
            List.of(
                    "statefulset/database",
                    "statefulset/queue",
                    "deployment/web",
                    "deployment/operator",
                    "deployment/page");
    private final Cluster cluster;
    @AutoClose private final TestNamespace ns;
    private final Helm helm;
    private final OperatorImage image;

    ChartSetTest(Cluster cluster) throws IOException {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        helm = Helm.in(cluster, ns.name());
        image = OperatorImage.make(cluster);
    }

    @AfterEach
    void deleteAll() {
        ns.tryKubectl("delete", "sites.sdk.example.com", "--all", "--timeout=30s");
        for (String chart : CHARTS) {
            helm.attempt("uninstall", chart, "--ignore-not-found");
        }
        cluster.kubectl(
                "delete",
                "crd",
                "pages.web.example.com",
                "sites.sdk.example.com",
                "--ignore-not-found",
                TestNamespace.timeout());
    }

    @Test
    void theyStayThroughABadDayAndLeaveNothing() {
        for (String chart : CHARTS) {
            release("install", chart, "first");
        }
        ns.apply(site("hello"));
        ns.waitFor("sites.sdk.example.com/page", "condition=Ready");
        assertThat(helm.json("list").findValuesAsString("status"))
                .containsOnly("deployed")
                .hasSize(CHARTS.size());
        refusesSitesThatSayNothing();
        ns.waitFor("job/batch-1", "condition=Complete");
        ns.kubectl("exec", "database-0", "--", "sh", "-c", "echo kept > /data/note");

        surviveTheDeathOfANodeAndOfTheControlPlane();
        eventually(() -> kept().equals("database-0\nkept\n"));
        refusesSitesThatSayNothing();
        assertThat(helm.run("test", "web", "--logs", TestNamespace.timeout()))
                .contains("Succeeded");

        for (String chart : CHARTS) {
            release("upgrade", chart, "second");
        }
        isWhole();
        ns.waitFor("job/batch-2", "condition=Complete");
        eventually(() -> ns.kubectl("logs", "job/batch-2", "--all-pods").contains("of 4, second"));
        eventually(() -> kept().equals("database-0\nkept\n"));
        eventually(() -> ns.kubectl("exec", "queue-0", "--", "env").contains("SETTINGS=second"));

        ns.kubectl("delete", "sites.sdk.example.com", "page", TestNamespace.timeout());
        for (String chart : CHARTS.reversed()) {
            helm.run("uninstall", chart, "--wait", TestNamespace.timeout());
        }
        leaveNothing();
    }

    private void release(String verb, String chart, String settings) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                verb,
                                chart,
                                Helm.chart(chart),
                                "--wait",
                                TestNamespace.timeout(),
                                "--set",
                                "settings=" + settings));
        if (chart.equals("operator")) {
            all.addAll(image.settings());
        }
        helm.run(all.toArray(String[]::new));
    }

    private String kept() {
        return ns.kubectl("exec", "database-0", "--", "cat", "/data/born", "/data/note");
    }

    /** The node is the one of the operator. */
    private void surviveTheDeathOfANodeAndOfTheControlPlane() {
        String node =
                ns.at(
                        "/items/0/spec/nodeName",
                        "get",
                        "pods",
                        "-l",
                        "app.kubernetes.io/instance=operator");
        long control = cluster.pid("control-plane");
        try (var hung = new HungNode(cluster, node, "agent", "containerd")) {
            ProcessHandle.of(control).orElseThrow().destroyForcibly();
            hung.awaitNotReady();
            eventually(() -> runsElsewhere("operator", node) && runsElsewhere("web", node));
            refusesSitesThatSayNothing();
        }
        isWhole();
    }

    private boolean runsElsewhere(String app, String node) {
        for (JsonNode pod :
                ns.json("get", "pods", "-l", "app.kubernetes.io/instance=" + app).path("items")) {
            boolean isHere = pod.at("/spec/nodeName").asString("").equals(node);
            boolean isReady = pod.at("/status/containerStatuses/0/ready").asBoolean(false);
            if (!isHere && isReady) {
                return true;
            }
        }
        return false;
    }

    private void isWhole() {
        for (String each : WORKLOADS) {
            ns.kubectl("rollout", "status", each, TestNamespace.timeout());
        }
        ns.waitFor("sites.sdk.example.com/page", "condition=Ready");
    }

    /** By the webhook, which is asked by whoever serves the definition, and has to be reached. */
    private void refusesSitesThatSayNothing() {
        eventually(
                () ->
                        cluster.kubectlWithYaml(
                                        site("nothing"),
                                        "apply",
                                        "-n",
                                        ns.name(),
                                        "--dry-run=server",
                                        "-f",
                                        "-")
                                .errors()
                                .contains("denied the request: a Site has to say something"));
    }

    private static String site(String message) {
        return """
        apiVersion: sdk.example.com/v1
        kind: Site
        metadata: {name: page}
        spec: {message: %s}
        """
                .formatted(message);
    }

    private void leaveNothing() {
        ns.kubectl("delete", "job,pod", "-l", "app.kubernetes.io/instance=web");
        // The operator's own entries, which no chart knows of, and what each namespace has.
        ns.kubectl("delete", "lease/sdk-operator", "configmap/sites");
        String kinds =
                cluster.kubectl(
                                "api-resources",
                                "--verbs=list,delete",
                                "--namespaced",
                                "-o",
                                "name")
                        .strip()
                        .replace('\n', ',')
                        .replace("events.events.k8s.io,", "")
                        .replace("events,", "");
        eventually(() -> left(kinds).isEmpty());
        assertThat(cluster.kubectl("get", "pv,clusterrole,validatingwebhookconfiguration"))
                .doesNotContain(ns.name());
    }

    private TreeSet<String> left(String kinds) {
        var found = new TreeSet<String>();
        for (JsonNode each : ns.json("get", kinds).path("items")) {
            found.add(each.path("kind").asString() + "/" + each.at("/metadata/name").asString());
        }
        found.remove("ConfigMap/kube-root-ca.crt");
        found.remove("ServiceAccount/default");
        return found;
    }
}
