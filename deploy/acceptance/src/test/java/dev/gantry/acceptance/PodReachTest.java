package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The control plane, outside of all nodes, reaches pods on each of them over both families. */
@ExtendWith(Cluster.Shared.class)
final class PodReachTest {
    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    PodReachTest(Cluster cluster) {
        this.cluster = cluster;
        this.ns = new TestNamespace(cluster);
    }

    @Test
    void aPodOnEachNodeAnswersThroughThePodProxy() {
        for (var pod : podsByNode().entrySet()) {
            String target = "pods/" + pod.getValue() + ":8080";
            eventually(() -> raw(target).equals(pod.getValue()));
        }
    }

    @Test
    void podsAnswerThroughTheServiceProxyOverEachFamily() {
        ns.web("web", 2);
        for (String family : Set.of("IPv4", "IPv6")) {
            ns.apply(
                    """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: "%s"}
                    spec:
                      ipFamilyPolicy: SingleStack
                      ipFamilies: [%s]
                      selector: {app: web}
                      ports: [{port: 80, targetPort: http}]
                    """
                            .formatted(family.toLowerCase(Locale.ROOT), family));
            String service = "services/" + family.toLowerCase(Locale.ROOT) + ":80";
            eventually(() -> raw(service).startsWith("web-"));
        }
    }

    /** One of the pods on each node. */
    private Map<String, String> podsByNode() {
        ns.webOnEachNode("web", 4);
        Map<String, String> pods = new TreeMap<>();
        for (JsonNode pod : ns.json("get", "pods", "-l", "app=web").path("items")) {
            pods.put(pod.at("/spec/nodeName").asString(""), pod.at("/metadata/name").asString(""));
        }
        assertThat(pods).hasSize(2);
        return pods;
    }

    private String raw(String target) {
        String path = "/api/v1/namespaces/" + ns.name() + "/" + target + "/proxy/";
        return cluster.tryKubectl("get", "--raw", path).out().strip();
    }
}
