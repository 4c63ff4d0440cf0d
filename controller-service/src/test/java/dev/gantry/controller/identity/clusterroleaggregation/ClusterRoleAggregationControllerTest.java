package dev.gantry.controller.identity.clusterroleaggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;

final class ClusterRoleAggregationControllerTest {
    private static final GroupResource ROLES = Resources.CLUSTER_ROLES;

    @Test
    void anAggregateIsTheSumOfItsParts() {
        var api = new SimulatedApi(new ClusterRoleAggregationController());
        Resource sum =
                api.create(
                        ROLES,
                        SimulatedApi.object(
                                "{'metadata':{'name':'sum'},'aggregationRule':{'clusterRoleSelectors':"
                                        + "[{'matchLabels':{'part':'yes'}}]}}"));
        part(api, "b", "pods");
        part(api, "a", "nodes");
        part(api, "c", "pods");

        Resource found = api.get(sum.key(ROLES)).orElseThrow();
        assertThat(found.tree().path("rules").toString())
                .isEqualTo("[{\"resources\":[\"nodes\"]},{\"resources\":[\"pods\"]}]");
    }

    private static void part(SimulatedApi api, String name, String resource) {
        api.create(
                ROLES,
                SimulatedApi.object(
                        "{'metadata':{'name':'%s','labels':{'part':'yes'}},'rules':[{'resources':['%s']}]}"
                                .formatted(name, resource)));
        api.settle();
    }
}
