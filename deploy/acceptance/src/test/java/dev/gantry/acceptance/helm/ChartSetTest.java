package dev.gantry.acceptance.helm;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Five shapes of real life beside each other, on good days and on a bad one. */
@ExtendWith(Cluster.Shared.class)
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
    private static final Duration RECOVERY = Duration.ofMinutes(4);
    private static final String LIMIT = "--timeout=4m";

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
        assertThat(refusal()).contains("denied the request: a Site has to say something");
        ns.waitFor("job/batch-1", "condition=Complete");
        ns.kubectl("exec", "database-0", "--", "sh", "-c", "echo kept > /data/note");

        surviveTheDeathOfANodeAndOfTheControlPlane();
        assertThat(ns.kubectl("exec", "database-0", "--", "cat", "/data/born", "/data/note"))
                .isEqualTo("database-0\nkept\n");
        assertThat(refusal()).contains("denied the request: a Site has to say something");
        assertThat(helm.run("test", "web", "--logs", LIMIT)).contains("Succeeded");

        for (String chart : CHARTS) {
            release("upgrade", chart, "second");
        }
        isWhole();
        ns.waitFor("job/batch-2", "condition=Complete");
        assertThat(ns.kubectl("logs", "job/batch-2", "--all-pods")).contains("of 4, second");
        assertThat(ns.kubectl("exec", "database-0", "--", "cat", "/data/born", "/data/note"))
                .isEqualTo("database-0\nkept\n");
        assertThat(ns.kubectl("exec", "queue-0", "--", "env")).contains("SETTINGS=second");

        ns.kubectl("delete", "sites.sdk.example.com", "page", TestNamespace.timeout());
        for (String chart : CHARTS.reversed()) {
            helm.run("uninstall", chart, "--wait", LIMIT);
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
                                LIMIT,
                                "--set",
                                "settings=" + settings));
        if (chart.equals("operator")) {
            all.addAll(image.settings());
        }
        helm.run(all.toArray(String[]::new));
    }

    /**
     * The node is the one of the operator. It is stopped, not killed: the supervisor would bring a
     * killed one back before anybody misses it.
     */
    private void surviveTheDeathOfANodeAndOfTheControlPlane() {
        String node =
                ns.at(
                        "/items/0/spec/nodeName",
                        "get",
                        "pods",
                        "-l",
                        "app.kubernetes.io/instance=operator");
        String number = node.substring(node.length() - 1);
        long[] pids = {cluster.pid("agent-" + number), cluster.pid("containerd-" + number)};
        long control = cluster.pid("control-plane");
        signal("STOP", pids);
        try {
            ProcessHandle.of(control).orElseThrow().destroyForcibly();
            eventually(
                    RECOVERY,
                    () -> cluster.tryKubectl("get", "node", node).out().contains("NotReady"));
            eventually(
                    RECOVERY, () -> runsElsewhere("operator", node) && runsElsewhere("web", node));
            eventually(() -> refusal().contains("denied the request: a Site has to say something"));
        } finally {
            signal("CONT", pids);
        }
        eventually(RECOVERY, () -> !cluster.kubectl("get", "node", node).contains("NotReady"));
        cluster.awaitUntaintedNodes();
        isWhole();
    }

    private static void signal(String name, long... pids) {
        for (long pid : pids) {
            Cluster.run(List.of("kill", "-" + name, Long.toString(pid)), "", Duration.ofSeconds(5));
        }
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
            ns.kubectl("rollout", "status", each, "--timeout=240s");
        }
        ns.waitFor("sites.sdk.example.com/page", "condition=Ready");
    }

    /** Of the webhook, which is asked by whoever serves the definition. */
    private String refusal() {
        return cluster.kubectlWithYaml(
                        site("nothing"), "apply", "-n", ns.name(), "--dry-run=server", "-f", "-")
                .errors();
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
