package dev.gantry.model.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class DaemonPlacementTest {
    @Test
    void aNodesTroublesAreToleratedOnce() {
        ObjectNode spec =
                spec(
                        """
                        {"tolerations":[{"key":"mine","operator":"Exists"},
                          {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute"}]}
                        """);
        DaemonPlacement.tolerate(spec);
        DaemonPlacement.tolerate(spec);
        assertThat(spec.path("tolerations").findValuesAsString("key"))
                .containsExactly(
                        "mine",
                        "node.kubernetes.io/not-ready",
                        "node.kubernetes.io/unreachable",
                        "node.kubernetes.io/disk-pressure",
                        "node.kubernetes.io/memory-pressure",
                        "node.kubernetes.io/pid-pressure",
                        "node.kubernetes.io/unschedulable");
    }

    @Test
    void oneOnTheNodesNetworkNeedsNoNetworkOfPods() {
        ObjectNode spec = spec("{\"hostNetwork\":true}");
        DaemonPlacement.tolerate(spec);
        assertThat(spec.path("tolerations").findValuesAsString("key"))
                .contains("node.kubernetes.io/network-unavailable");
    }

    @Test
    void theNodesNameTakesThePlaceOfTheTemplatesTerms() {
        ObjectNode spec =
                spec(
                        """
                        {"affinity":{"podAntiAffinity":{},"nodeAffinity":{
                          "preferredDuringSchedulingIgnoredDuringExecution":[],
                          "requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
                            {"matchExpressions":[{"key":"a","operator":"Exists"}]},
                            {"matchExpressions":[{"key":"b","operator":"Exists"}]}]}}}}
                        """);
        DaemonPlacement.pin(spec, "n1");
        assertThat(spec)
                .isEqualTo(
                        spec(
                                """
                                {"affinity":{"podAntiAffinity":{},"nodeAffinity":{
                                  "preferredDuringSchedulingIgnoredDuringExecution":[],
                                  "requiredDuringSchedulingIgnoredDuringExecution":{
                                    "nodeSelectorTerms":[{"matchFields":[
                                      {"key":"metadata.name","operator":"In","values":["n1"]}]}]}}}}
                                """));
    }

    private static ObjectNode spec(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
