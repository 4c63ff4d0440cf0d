package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TrimmedObjectTest {
    private static final Resource NODE =
            resource(
                    """
                    {"apiVersion":"v1","kind":"Node",
                     "metadata":{"name":"a","uid":"u","resourceVersion":"7",
                      "labels":{"x":"y","topology.kubernetes.io/zone":"east",
                       "node.kubernetes.io/exclude-from-external-load-balancers":""},"managedFields":[{"manager":"m"}]},
                     "spec":{"podCIDR":"10.0.0.0/24","podCIDRs":["10.0.0.0/24","fd00::/64"],
                      "taints":[{"key":"k","effect":"NoSchedule"}]},
                     "status":{"addresses":[{"type":"InternalIP","address":"10.1.0.1"}],
                      "conditions":[{"type":"MemoryPressure","status":"False"},
                       {"type":"Ready","status":"True","lastHeartbeatTime":"2026-01-01T00:00:00Z"}],
                      "images":[{"names":["i"],"sizeBytes":1}]}}""");

    @Test
    void ofANodeStaysWhatNetworkingReads() {
        assertThat(NodeView.of(TrimmedObject.of(NODE, "b"))).isEqualTo(NodeView.of(NODE));
        assertThat(TrimmedObject.of(NODE, "b").tree())
                .isEqualTo(
                        tree(
                                """
                                {"apiVersion":"v1","kind":"Node",
                                 "metadata":{"name":"a","uid":"u","resourceVersion":"7",
                                  "labels":{"topology.kubernetes.io/zone":"east",
                                   "node.kubernetes.io/exclude-from-external-load-balancers":""}},
                                 "spec":{"podCIDR":"10.0.0.0/24",
                                  "podCIDRs":["10.0.0.0/24","fd00::/64"]},
                                 "status":{"addresses":[
                                  {"type":"InternalIP","address":"10.1.0.1"}],
                                  "conditions":[{"type":"Ready","status":"True"}]}}"""));
    }

    @Test
    void ofTheOwnNodeStaysWhatPodsAreAdmittedBy() {
        Resource own = TrimmedObject.of(NODE, "a");
        assertThat(own.labels()).isEqualTo(NODE.labels());
        assertThat(own.spec()).isEqualTo(NODE.spec());
        assertThat(own.status()).isEqualTo(TrimmedObject.of(NODE, "b").status());
        assertThat(NodeView.of(own)).isEqualTo(NodeView.of(NODE));
    }

    @Test
    void labelsThatNobodyReadsLeaveNothingBehind() {
        Resource labelled =
                resource(
                        """
                        {"apiVersion":"v1","kind":"Node",
                         "metadata":{"name":"a","labels":{"x":"y"}}}""");

        assertThat(TrimmedObject.of(labelled, "b").metadata().has("labels")).isFalse();
    }

    @Test
    void aNodeThatHasNothingYetIsNoFault() {
        Resource young =
                resource("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"a\"}}");

        assertThat(TrimmedObject.of(young, "a")).isEqualTo(young);
    }

    @Test
    void ofOtherObjectsOnlyTheirWritersAreForgotten() {
        Resource service =
                resource(
                        """
                        {"apiVersion":"v1","kind":"Service",
                         "metadata":{"name":"s","managedFields":[{"manager":"m"}]},
                         "spec":{"clusterIP":"10.96.0.1"}}""");

        assertThat(TrimmedObject.of(service, "b").tree())
                .isEqualTo(
                        tree(
                                """
                                {"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},
                                 "spec":{"clusterIP":"10.96.0.1"}}"""));
        assertThat(service.metadata().has("managedFields")).isTrue();
    }

    private static Resource resource(String json) {
        return new Resource(tree(json));
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
