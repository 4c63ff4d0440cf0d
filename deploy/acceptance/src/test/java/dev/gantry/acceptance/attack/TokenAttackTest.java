package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who keeps a token for longer than it is good for, and a node that wants too many. */
@ExtendWith(Cluster.Shared.class)
final class TokenAttackTest {
    private static final String WHO_AM_I = "GET /api";

    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    TokenAttackTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @Test
    void aTokenEndsWithTheNodeThatItIsBoundTo() throws Exception {
        String ghost = "ghost-of-" + ns.name();
        ns.apply("apiVersion: v1\nkind: Node\nmetadata: {name: %s}\n".formatted(ghost));
        Cluster.Result given = tokenFor(bound("Node", ghost, ""), "", "-v=0");
        assertThat(given.code()).as(given.text()).isZero();
        String token = JsonMapper.shared().readTree(given.out()).at("/status/token").asString();
        try (Attacker holder = Attacker.bearer(cluster, token)) {
            // The gateway hears of the node by a feed of its own.
            TestNamespace.eventually(() -> holder.answer(WHO_AM_I).startsWith("HTTP/1.1 200"));
            cluster.kubectl("delete", "node", ghost);
            TestNamespace.eventually(() -> holder.answer(WHO_AM_I).startsWith("HTTP/1.1 401"));
            ns.apply("apiVersion: v1\nkind: Node\nmetadata: {name: %s}\n".formatted(ghost));
            assertThat(holder.answer(WHO_AM_I)).startsWith("HTTP/1.1 401");
        } finally {
            cluster.kubectl("delete", "node", ghost, "--ignore-not-found");
        }
    }

    @Test
    void aNodeGetsTokensForItsOwnPodsAndTheirAudiencesOnly() {
        String own = podOn("node-2", "own");
        String other = podOn("node-1", "other");
        TestNamespace.eventually(() -> asNode(bound("Pod", "own", own), "").code() == 0);

        refused(asNode(bound("Pod", "other", other), ""), "different node");
        refused(asNode(bound("Pod", "own", other), ""), "does not match the UID");
        refused(asNode(bound("Pod", "own", ""), ""), "without a uid");
        refused(asNode("{}", ""), "not bound to a pod");
        refused(asNode(bound("Node", "node-2", ""), ""), "not bound to a pod");
        refused(asNode(bound("Pod", "own", own), "\"vault\""), "vault");
        refused(asNode(bound("Pod", "own", own), "\"\", \"vault\""), "0 or 1 audiences");
    }

    private static void refused(Cluster.Result asked, String why) {
        assertThat(asked.code()).as(asked.text()).isNotZero();
        assertThat(asked.errors()).contains(why);
        assertThat(asked.out()).doesNotContain("token");
    }

    private Cluster.Result asNode(String bound, String audiences) {
        Path keys = cluster.home().resolve("pki/system:node:node-2.kubeconfig");
        return tokenFor(bound, audiences, "--kubeconfig=" + keys);
    }

    private Cluster.Result tokenFor(String bound, String audiences, String who) {
        String request =
                """
                {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
                 "spec": {"audiences": [%s], "boundObjectRef": %s}}
                """
                        .formatted(audiences, bound.equals("{}") ? "null" : bound);
        String path = "/api/v1/namespaces/" + ns.name() + "/serviceaccounts/default/token";
        return cluster.kubectlWithInput(request, who, "create", "--raw", path, "-f", "-");
    }

    private static String bound(String kind, String name, String uid) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"%s\", \"name\": \"%s\", \"uid\": \"%s\"}"
                .formatted(kind, name, uid);
    }

    private String podOn(String node, String name) {
        ns.sleeperOn(node, name);
        return ns.uid(name);
    }
}
