package dev.gantry.state.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.address.Address;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.allocation.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterPlanTest {
    private static ClusterPlan plan(String... apiAddresses) {
        return new ClusterPlan(
                List.of(AddressRange.parse("10.96.0.0/16"), AddressRange.parse("fd00::/112")),
                List.of(apiAddresses).stream()
                        .map(each -> Address.parse(each).orElseThrow())
                        .toList(),
                6443,
                List.of());
    }

    private static WantedObject find(ClusterPlan plan, String path) {
        return plan.objects().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachFamilyOfTheApiHasItsSlice() {
        ClusterPlan plan = plan("10.1.1.1", "fd00:1::1");
        String slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/";

        assertThat(find(plan, slices + "kubernetes").object().toString()).contains("10.1.1.1");
        assertThat(find(plan, slices + "kubernetes-ipv6").object().toString())
                .contains("fd00:1::1");
    }

    @Test
    void completionRulesItsOwnFieldsAndKeepsOthers() {
        WantedObject wanted =
                find(plan("10.1.1.1"), "/api/v1/namespaces/default/endpoints/kubernetes");
        Resource stored = new Resource(wanted.object().deepCopy());
        stored.mutableMetadata().put("uid", "u");

        assertThat(wanted.complete(stored)).isEmpty();
        stored.tree().putArray("subsets");
        var completed = wanted.complete(stored).orElseThrow();

        assertThat(completed.at("/subsets/0/addresses/0/ip").asString()).isEqualTo("10.1.1.1");
        assertThat(completed.at("/metadata/uid").asString()).isEqualTo("u");
    }

    @Test
    void apiWithoutAddressesForPodsHasNoEndpoints() {
        assertThat(plan().objects()).noneMatch(each -> each.path().contains("endpoints"));
    }
}
