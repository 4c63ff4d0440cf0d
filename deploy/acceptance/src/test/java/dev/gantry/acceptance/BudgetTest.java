package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How many pods may be missing at a time. */
@ExtendWith(Cluster.Shared.class)
final class BudgetTest {
    private static final String EVICTION =
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\"}}";

    @AutoClose private final TestNamespace ns;

    BudgetTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    /** Conformance: "should block an eviction until the PDB is updated". */
    @Test
    void evictionsWaitForTheBudget(Cluster cluster) {
        ns.web("web", 2);
        ns.apply(
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: web}
                spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
                """);
        eventually(() -> ns.at("/status/currentHealthy", "get", "pdb", "web").equals("2"));
        String pod = ns.at("/items/0/metadata/name", "get", "pods");

        Cluster.Result refused = evict(cluster, pod);

        assertThat(refused.code()).isNotZero();
        assertThat(refused.errors())
                .contains("Cannot evict pod as it would violate the pod's disruption budget.");
        ns.kubectl("patch", "pdb", "web", "-p", "{\"spec\":{\"minAvailable\":1}}");
        eventually(() -> ns.at("/status/disruptionsAllowed", "get", "pdb", "web").equals("1"));
        Cluster.Result evicted = evict(cluster, pod);
        assertThat(evicted.code()).as(evicted.text()).isZero();
        eventually(() -> ns.tryKubectl("get", "pod", pod).errors().contains("NotFound"));
        eventually(() -> ns.at("/status/disruptionsAllowed", "get", "pdb", "web").equals("1"));
    }

    private Cluster.Result evict(Cluster cluster, String pod) {
        return cluster.kubectlWithInput(
                EVICTION.formatted(pod, ns.name()),
                "create",
                "--raw",
                "/api/v1/namespaces/%s/pods/%s/eviction".formatted(ns.name(), pod),
                "-f",
                "-");
    }
}
