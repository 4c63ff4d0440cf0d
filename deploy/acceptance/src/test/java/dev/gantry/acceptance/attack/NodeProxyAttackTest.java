package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who may look at nodes, and would like to run commands there. */
@ExtendWith(Cluster.Shared.class)
final class NodeProxyAttackTest {
    private static final String[] SPDY = {
        "Connection: Upgrade", "Upgrade: SPDY/3.1", "X-Stream-Protocol-Version: v4.channel.k8s.io"
    };

    private static final int KUBELET_PORT = 10250;

    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;
    private final String proxy;
    private final String exec;

    NodeProxyAttackTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        ns.sleeper("victim");
        String node = ns.at("/spec/nodeName", "get", "pod", "victim");
        proxy = "/api/v1/nodes/" + node + "/proxy";
        exec = "/exec/" + ns.name() + "/victim/main?command=id&stdout=true";
    }

    @Test
    void readingThroughANodesProxyRunsNothing() throws Exception {
        try (Attacker operator = allowed("operator", "get,create", "nodes/proxy");
                Attacker reader = allowed("reader", "get", "nodes/proxy")) {
            awaitRight(operator);
            assertThat(operator.answer("GET " + proxy + exec, Attacker.WEBSOCKET))
                    .startsWith("HTTP/1.1 101");

            awaitRight(reader);
            assertThat(reader.answer("GET " + proxy + exec, Attacker.WEBSOCKET))
                    .startsWith("HTTP/1.1 403");
            assertThat(reader.answer("GET " + proxy + exec, SPDY)).startsWith("HTTP/1.1 403");
            assertThat(reader.answer("GET " + proxy + "/pods", Attacker.WEBSOCKET))
                    .startsWith("HTTP/1.1 403");
            for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
                assertThat(reader.answer(method + " " + proxy + exec, "Content-Length: 0"))
                        .as(method)
                        .startsWith("HTTP/1.1 403");
            }
        }
    }

    @Test
    void aFinerRightOpensNothingElse() throws Exception {
        try (Attacker reader = allowed("fine", "get", "nodes/pods")) {
            awaitRight(reader);
            for (String path :
                    new String[] {
                        "",
                        "/stats/summary",
                        "/containerLogs/" + ns.name() + "/victim/main",
                        "/pods/.." + exec,
                        "/pods/%2e%2e" + exec,
                        "//" + exec,
                        exec
                    }) {
                assertThat(reader.answer("GET " + proxy + path))
                        .as(path)
                        .startsWith("HTTP/1.1 403");
            }
        }
    }

    @Test
    void aNodesOwnPortTakesTokensAndAsksForRights() throws Exception {
        String address = ns.at("/status/hostIP", "get", "pod", "victim");
        try (Attacker stranger = Attacker.liar(cluster).at(address, KUBELET_PORT);
                Attacker monitor =
                        allowed("monitor", "get", "nodes/metrics").at(address, KUBELET_PORT);
                Attacker reader =
                        allowed("onlooker", "get", "nodes/proxy").at(address, KUBELET_PORT)) {
            assertThat(stranger.answer("GET /metrics")).startsWith("HTTP/1.1 401");
            assertThat(stranger.answer("GET /pods")).startsWith("HTTP/1.1 401");

            TestNamespace.eventually(
                    () -> monitor.answer("GET /metrics/resource").startsWith("HTTP/1.1 200"));
            assertThat(monitor.answer("GET /metrics/cadvisor")).startsWith("HTTP/1.1 200");
            for (String path :
                    new String[] {"/pods", "/stats/summary", exec, "/metrics/.." + exec}) {
                assertThat(monitor.answer("GET " + path)).as(path).doesNotStartWith("HTTP/1.1 200");
            }

            TestNamespace.eventually(() -> reader.answer("GET /pods").startsWith("HTTP/1.1 200"));
            assertThat(reader.answer("GET " + exec, Attacker.WEBSOCKET)).startsWith("HTTP/1.1 403");
            assertThat(reader.answer("GET " + exec, SPDY)).startsWith("HTTP/1.1 403");
            assertThat(reader.answer("POST " + exec, "Content-Length: 0"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    private void awaitRight(Attacker who) {
        TestNamespace.eventually(
                () -> who.answer("GET " + proxy + "/pods").startsWith("HTTP/1.1 200"));
    }

    private Attacker allowed(String name, String verbs, String resource) throws Exception {
        Attacker account = Attacker.account(cluster, ns, name);
        String role = name + "-of-" + ns.name();
        cluster.kubectl("create", "clusterrole", role, "--verb=" + verbs, "--resource=" + resource);
        cluster.kubectl(
                "create",
                "clusterrolebinding",
                role,
                "--clusterrole=" + role,
                "--serviceaccount=" + ns.name() + ":" + name);
        return account;
    }
}
