package dev.gantry.controller.network.servicecidr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.address.AddressRecord;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClusterIpRepairControllerTest {
    private static final GroupResource ADDRESSES = Kinds.IP_ADDRESS.resource();
    private static final GroupResource SERVICES = Resources.SERVICES;
    private static final ObjectKey FIRST = AddressRecord.key("10.96.0.5");
    private static final ObjectKey WEB = new ObjectKey(SERVICES, "shop", "web");

    private final ClusterIpRepairController controller = new ClusterIpRepairController();
    private final SimulatedApi api = new SimulatedApi(controller);

    @BeforeEach
    void addRanges() {
        api.create(
                Kinds.SERVICE_CIDR.resource(),
                SimulatedApi.object(
                        """
                        {'apiVersion':'networking.k8s.io/v1','kind':'ServiceCIDR',
                         'metadata':{'name':'kubernetes'},
                         'spec':{'cidrs':['10.96.0.0/16','fd00:96::/112']}}
                        """));
        api.settle();
    }

    @Test
    void makesTheAddressesThatAServiceLacks() {
        service("web", "10.96.0.5", "fd00:96::5");

        assertThat(api.told())
                .containsExactly(
                        "ClusterIPNotAllocated: Cluster IP [IPv4]: 10.96.0.5 is not allocated;"
                                + " repairing",
                        "ClusterIPNotAllocated: Cluster IP [IPv6]: fd00:96::5 is not allocated;"
                                + " repairing");
        Resource made = api.get(AddressRecord.key("fd00:96::5")).orElseThrow();
        assertThat(made.labels())
                .containsEntry("ipaddress.kubernetes.io/ip-family", "IPv6")
                .containsEntry("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
        assertThat(new AddressRecord(made).service()).contains(WEB);
        int writes = api.actions();
        api.pass(600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    @Test
    void makesOneAgainThatSomebodyDeleted() {
        Resource service = service("web", "10.96.0.5");
        api.delete(FIRST, "Background");
        api.settle();

        assertThat(api.get(FIRST).map(each -> new AddressRecord(each).isOf(service)))
                .contains(true);
    }

    @Test
    void headlessServicesHaveNone() {
        service("web", "None");

        assertThat(api.list(ADDRESSES)).isEmpty();
        assertThat(api.told()).isEmpty();
    }

    @Test
    void whatIsOutsideOfAllRangesIsOnlyTold() {
        service("web", "10.97.0.5");

        assertThat(api.list(ADDRESSES)).isEmpty();
        assertThat(api.told())
                .containsExactly(
                        "ClusterIPOutOfRange: Cluster IP [IPv4]: 10.97.0.5 is not within any"
                                + " configured Service CIDR; please recreate service");
    }

    @Test
    void ofTwoServicesWithOneAddressTheOtherIsTold() {
        service("web", "10.96.0.5");
        service("other", "10.96.0.5");

        assertThat(new AddressRecord(api.get(FIRST).orElseThrow()).service()).contains(WEB);
        assertThat(api.told())
                .endsWith(
                        "ClusterIPAlreadyAllocated: Cluster IP [IPv4]:10.96.0.5 was assigned to"
                                + " multiple services; please recreate service");
    }

    @Test
    void anAddressOfSomethingElseIsTakenForTheServiceThatHasIt() {
        address("10.96.0.5", "ipallocator.k8s.io", "gateways", "web");
        api.settle();
        assertThat(api.get(FIRST)).isEmpty();
        assertThat(api.told())
                .containsExactly(
                        "IPAddressNotAllocated: IPAddress 10.96.0.5 appears to have been modified,"
                                + " not referencing a Service &{ gateways shop web}: cleaning up");

        address("10.96.0.5", "somebody.example.com", "gateways", "web");
        service("web", "10.96.0.5");
        assertThat(new AddressRecord(api.get(FIRST).orElseThrow()).service()).contains(WEB);
        assertThat(api.told())
                .endsWith(
                        "ClusterIPNotAllocated: the ClusterIP [IPv4]: 10.96.0.5 for Service"
                                + " shop/web has a wrong reference; repairing");
    }

    @Test
    void labelsThatSomebodyTookAwayComeBack() {
        service("web", "10.96.0.5");
        Resource changed = api.get(FIRST).orElseThrow().copy();
        changed.mutableMetadata().remove("labels");
        api.update(ADDRESSES, changed);
        api.settle();

        assertThat(new AddressRecord(api.get(FIRST).orElseThrow()).isLabelled()).isTrue();
    }

    @Test
    void anAddressWithoutItsServiceGoesAfterAMinute() {
        address("10.96.0.5", "ipallocator.k8s.io", "services", "gone");
        address("10.96.0.6", "somebody.example.com", "services", "gone");
        api.pass(59);
        assertThat(api.get(FIRST)).isPresent();

        api.pass(1);
        assertThat(api.list(ADDRESSES)).extracting(Resource::name).containsExactly("10.96.0.6");
        assertThat(api.told())
                .containsExactly(
                        "IPAddressNotAllocated: IPAddress: 10.96.0.5 for Service shop/gone appears"
                                + " to have leaked: cleaning up");
    }

    @Test
    void anAddressThatItsServiceDoesNotHaveGoesAtOnce() {
        service("web", "10.96.0.6");
        address("10.96.0.5", "ipallocator.k8s.io", "services", "web");
        api.settle();

        assertThat(api.get(FIRST)).isEmpty();
        assertThat(api.told())
                .endsWith(
                        "IPAddressWrongReference: IPAddress: 10.96.0.5 for Service shop/web has a"
                                + " wrong reference; cleaning up");
    }

    @Test
    void whatSeemsMissingIsLookedUpFirst() {
        service("web", "10.96.0.5");
        assertThat(controller.liveReads(WEB, api).isNothing()).isTrue();
        assertThat(controller.liveReads(FIRST, api).isNothing()).isTrue();

        api.drop(WEB);
        assertThat(controller.liveReads(FIRST, api).objects()).containsExactly(FIRST, WEB);

        api.settle();
        api.drop(FIRST);
        api.settle();
        var unseen = new SimulatedApi();
        unseen.create(SERVICES, serviceOf("web", "10.96.0.5"));
        assertThat(controller.liveReads(WEB, unseen).objects()).containsExactly(WEB, FIRST);
        assertThat(controller.liveReads(WEB, unseen).lists())
                .containsExactly(Kinds.SERVICE_CIDR.resource());
    }

    private Resource service(String name, String... addresses) {
        Resource made = api.create(SERVICES, serviceOf(name, addresses));
        api.settle();
        return made;
    }

    private static Resource serviceOf(String name, String... addresses) {
        return SimulatedApi.object(
                """
                {'apiVersion':'v1','kind':'Service','metadata':{'name':'%s','namespace':'shop'},
                 'spec':{'clusterIPs':['%s']}}
                """
                        .formatted(name, String.join("','", addresses)));
    }

    private void address(String name, String managedBy, String resource, String parent) {
        api.create(
                ADDRESSES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'networking.k8s.io/v1','kind':'IPAddress',
                         'metadata':{'name':'%s','labels':{'ipaddress.kubernetes.io/managed-by':'%s',
                          'ipaddress.kubernetes.io/ip-family':'IPv4'}},
                         'spec':{'parentRef':{'resource':'%s','namespace':'shop','name':'%s'}}}
                        """
                                .formatted(name, managedBy, resource, parent)));
    }
}
