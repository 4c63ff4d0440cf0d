package dev.gantry.controller.network.servicecidr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ServiceCidrControllerTest {
    private static final GroupResource RANGES = Kinds.SERVICE_CIDR.resource();
    private static final GroupResource ADDRESSES = Kinds.IP_ADDRESS.resource();
    private static final ObjectKey SECOND = new ObjectKey(RANGES, "", "second");

    private final SimulatedApi api = new SimulatedApi(new ServiceCidrController());

    @Test
    void isMarkedAndSaidToBeReady() {
        range("second", "10.97.0.0/16");

        assertThat(second().finalizers())
                .containsExactly("networking.k8s.io/service-cidr-finalizer");
        assertThat(condition().path("status").asString()).isEqualTo("True");
        assertThat(condition().path("message").asString())
                .isEqualTo("Kubernetes Service CIDR is ready");
        int writes = api.actions();
        api.pass(600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    @Test
    void goesAfterAWhileWhereNobodyHasAnAddressOfIt() {
        range("second", "10.97.0.0/16");
        address("10.96.0.1", "ipallocator.k8s.io");
        address("10.97.0.1", "somebody.example.com");
        delete();
        assertThat(api.get(SECOND)).isPresent();

        api.pass(10);

        assertThat(api.get(SECOND)).isEmpty();
    }

    @Test
    void staysAndSaysWhyUntilTheLastAddressOfItIsGivenBack() {
        range("second", "10.97.0.0/16");
        address("10.97.0.1", "ipallocator.k8s.io");
        delete();
        api.pass(60);

        assertThat(condition().path("status").asString()).isEqualTo("False");
        assertThat(condition().path("reason").asString()).isEqualTo("Terminating");

        api.drop(new ObjectKey(ADDRESSES, "", "10.97.0.1"));
        api.settle();
        assertThat(api.get(SECOND)).isEmpty();
    }

    @Test
    void goesWhereAnotherRangeHoldsItsAddresses() {
        range("second", "10.97.0.0/16");
        address("10.97.0.1", "ipallocator.k8s.io");
        delete();
        range("wider", "10.96.0.0/15");
        api.pass(10);

        assertThat(api.get(SECOND)).isEmpty();
    }

    private void delete() {
        api.delete(SECOND, "Background");
        api.settle();
    }

    private Resource second() {
        return api.get(SECOND).orElseThrow();
    }

    private JsonNode condition() {
        return Conditions.find(second().status().path("conditions"), "Ready").orElseThrow();
    }

    private void range(String name, String cidr) {
        api.create(
                RANGES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'networking.k8s.io/v1','kind':'ServiceCIDR',
                         'metadata':{'name':'%s'},'spec':{'cidrs':['%s']},'status':{}}
                        """
                                .formatted(name, cidr)));
        api.settle();
    }

    private void address(String name, String managedBy) {
        api.create(
                ADDRESSES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'networking.k8s.io/v1','kind':'IPAddress',
                         'metadata':{'name':'%s','labels':{'ipaddress.kubernetes.io/managed-by':'%s'}},
                         'spec':{}}
                        """
                                .formatted(name, managedBy)));
        api.settle();
    }
}
