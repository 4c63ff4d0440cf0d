package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** APIs beside the API server's own: metrics, and one that a pod serves. */
@ExtendWith(Cluster.Shared.class)
final class AggregationTest {
    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    @TempDir Path keys;

    AggregationTest(Cluster cluster) {
        this.cluster = cluster;
        this.ns = new TestNamespace(cluster);
    }

    @Test
    void topShowsWhatNodesPodsAndContainersUse() {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: busy, labels: {app: busy}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: loop
                    image: "${image}"
                    command: [sh, -c, "while :; do :; done"]
                    resources: {limits: {cpu: 200m}}
                """);
        ns.ready("busy");
        eventually(() -> ns.tryKubectl("top", "pod", "busy").code() == 0);
        assertThat(ns.kubectl("top", "pods", "-l", "app=busy", "--containers"))
                .contains("POD", "NAME", "busy", "loop", "m", "Mi");
        eventually(() -> milliCpu(ns.kubectl("top", "pod", "busy", "--no-headers")) > 10);
        // Each node tells of itself in its own time.
        for (String node : List.of("node-1", "node-2")) {
            eventually(() -> cluster.kubectl("top", "nodes").contains(node));
        }
        assertThat(cluster.kubectl("top", "nodes")).contains("CPU(%)");
        assertThat(cluster.kubectl("get", "podmetrics", "-n", ns.name()))
                .contains("NAME", "CPU", "MEMORY", "WINDOW", "busy");
        assertThat(cluster.kubectl("get", "apiservice", "v1beta1.metrics.k8s.io"))
                .contains("kube-system/metrics-server", "True");
    }

    @Test
    void anApiThatAPodServesIsPartOfTheApi() throws Exception {
        String trust =
                cluster.json(
                                "get",
                                "configmap",
                                "extension-apiserver-authentication",
                                "-n",
                                "kube-system")
                        .at("/data/requestheader-client-ca-file")
                        .asString("");
        String host = "chairs.%s.svc".formatted(ns.name());
        try (var server = new ExtensionServer(keys, trust, ns.name(), host)) {
            serveFromAPod(server);
            ns.waitFor("apiservice/v1.furniture.example.com", "condition=Available");
            // The gateway hears of it by a feed of its own.
            eventually(() -> ns.tryKubectl("get", "chairs").out().contains("of-kubernetes-admin"));
            assertThat(cluster.kubectl("api-resources", "--api-group=furniture.example.com"))
                    .contains("chairs", "furniture.example.com/v1", "true", "Chair");
            String list = ExtensionServer.ROOT + "/namespaces/" + ns.name() + "/chairs";
            assertThat(cluster.kubectl("get", "--raw", list)).contains("ChairList");
            ns.delete("pod", "front");
            eventually(() -> cluster.tryKubectl("get", "--raw", list).code() != 0);
            ns.waitFor("apiservice/v1.furniture.example.com", "condition=Available=False");
            eventually(
                    () ->
                            cluster.tryKubectl("get", "--raw", list)
                                    .errors()
                                    .contains(
                                            "the server is currently unable to handle the request"));
        } finally {
            cluster.tryKubectl("delete", "apiservice", "v1.furniture.example.com");
        }
    }

    private void serveFromAPod(ExtensionServer server) throws Exception {
        String node =
                cluster.json("get", "node", "node-1")
                        .at("/status/addresses/0/address")
                        .asString("");
        ns.apply(server.behindAPod(node.substring(0, node.lastIndexOf('.')) + ".1"));
    }

    /** Of a line such as {@code busy 199m 1Mi}. */
    private static int milliCpu(String line) {
        return Integer.parseInt(line.strip().split("\\s+")[1].replace("m", ""));
    }
}
