package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who may write endpoints, and aims the gateway where it should not go. */
@ExtendWith(Cluster.Shared.class)
final class ReachAttackTest {
    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;
    private final int port;

    ReachAttackTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        port =
                URI.create(
                                cluster.kubectl(
                                        "config",
                                        "view",
                                        "-o",
                                        "jsonpath={.clusters[0].cluster.server}"))
                        .getPort();
    }

    @Test
    void noSliceNamesWhatIsNobodysAddress() {
        for (String each : List.of("127.0.0.1", "169.254.169.254", "0.0.0.0")) {
            refused("IPv4", each);
        }
        for (String each : List.of("::1", "::ffff:127.0.0.1")) {
            refused("IPv6", each);
        }
    }

    private void refused(String type, String address) {
        Cluster.Result written = bait(type, address, port);
        assertThat(written.code()).as(address).isNotZero();
        assertThat(written.errors()).as(address).contains("endpoints[0].addresses[0]");
    }

    /** Each claims to be an address of a pod that there is. */
    @Test
    void aServiceLeadsToPodsAndNeverToTheControlPlane() {
        ns.fileServer("honest");
        ns.apply(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: bait}
                spec: {ports: [{name: main, port: 80}]}
                """);
        baited("IPv4", ns.at("/status/podIP", "get", "pod", "honest"), 8080);
        TestNamespace.eventually(() -> proxied("bait:main", "a").text().contains("well"));

        baited("IPv4", apiAddress(), port);
        TestNamespace.eventually(() -> !proxied("bait:main", "a").text().contains("well"));
        leadsNowhere();
        baited("FQDN", "localhost.localdomain", port);
        leadsNowhere();
    }

    private void leadsNowhere() {
        Cluster.Result answered = proxied("https:bait:main", "version");
        assertThat(answered.code()).as(answered.text()).isNotZero();
        assertThat(answered.text()).doesNotContain("gitVersion");
    }

    private void baited(String type, String address, int port) {
        ns.kubectl("delete", "endpointslice", "bait", "--ignore-not-found");
        Cluster.Result written = bait(type, address, port);
        assertThat(written.code()).as(written.text()).isZero();
    }

    private Cluster.Result bait(String type, String address, int port) {
        String slice =
                """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                 "metadata": {"name": "bait", "namespace": "%1$s",
                   "labels": {"kubernetes.io/service-name": "bait"}},
                 "addressType": "%2$s",
                 "endpoints": [{"addresses": ["%3$s"],
                   "targetRef": {"kind": "Pod", "namespace": "%1$s", "name": "honest"}}],
                 "ports": [{"name": "main", "port": %4$d}]}
                """
                        .formatted(ns.name(), type, address, port);
        return cluster.kubectlWithInput(slice, "create", "-f", "-");
    }

    private Cluster.Result proxied(String service, String path) {
        return cluster.tryKubectl(
                "get",
                "--raw",
                "/api/v1/namespaces/%s/services/%s/proxy/%s".formatted(ns.name(), service, path));
    }

    private String apiAddress() {
        return cluster.kubectl(
                "get", "endpoints", "kubernetes", "-o", "jsonpath={.subsets[0].addresses[0].ip}");
    }
}
