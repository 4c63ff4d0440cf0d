package dev.gantry.controller.network.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.network.endpoints.EndpointsController;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class EndpointSliceControllerTest {
    private static final GroupResource SERVICES = Resources.SERVICES;
    private static final GroupResource SLICES = Resources.ENDPOINT_SLICES;
    private static final GroupResource PODS = Resources.PODS;

    private final SimulatedApi api =
            new SimulatedApi(new EndpointSliceController(), new EndpointsController());
    private final Pods pods = new Pods(api);

    @Test
    void aServiceWithoutPodsHasOneEmptySlicePerFamily() {
        service("'ipFamilies':['IPv4','IPv6'],");

        assertThat(api.list(SLICES))
                .extracting(slice -> Resource.text(slice.tree(), "addressType"))
                .containsExactlyInAnyOrder("IPv4", "IPv6");
        assertThat(api.list(SLICES).getFirst().labels())
                .containsEntry("kubernetes.io/service-name", "web")
                .containsEntry(
                        "endpointslice.kubernetes.io/managed-by",
                        "endpointslice-controller.k8s.io");
    }

    @Test
    void aReadyPodIsInTheSlicesOfBothItsFamilies() {
        service("'ipFamilies':['IPv4','IPv6'],");
        pod("a", "10.0.0.1", true);

        assertThat(endpoints())
                .extracting(EndpointSliceControllerTest::address)
                .containsExactlyInAnyOrder("10.0.0.1", "fd00::1");
        JsonNode endpoint = endpoints().getFirst();
        assertThat(endpoint.path("conditions").toString())
                .isEqualTo("{\"ready\":true,\"serving\":true,\"terminating\":false}");
        assertThat(endpoint.path("targetRef").path("name").asString()).isEqualTo("a");
        assertThat(port()).isEqualTo(8080);
        assertThat(legacy("addresses")).containsExactly("10.0.0.1");
    }

    @Test
    void aPodThatIsNotReadyGetsNoTraffic() {
        service("");
        pod("a", "10.0.0.1", false);

        assertThat(endpoints().getFirst().path("conditions").path("ready").asBoolean()).isFalse();
        assertThat(legacy("addresses")).isEmpty();
        assertThat(legacy("notReadyAddresses")).containsExactly("10.0.0.1");
    }

    @Test
    void notReadyAddressesArePublishedOnDemand() {
        service("'publishNotReadyAddresses':true,");
        pod("a", "10.0.0.1", false);

        assertThat(endpoints().getFirst().path("conditions").path("ready").asBoolean()).isTrue();
        assertThat(legacy("addresses")).containsExactly("10.0.0.1");
    }

    @Test
    void aPodOnItsWayOutServesButIsNotReady() {
        service("");
        pod("a", "10.0.0.1", true);
        api.delete(new ObjectKey(PODS, "default", "a"), "Background");
        api.settle();

        assertThat(endpoints().getFirst().path("conditions").toString())
                .isEqualTo("{\"ready\":false,\"serving\":true,\"terminating\":true}");
        assertThat(legacy("addresses")).isEmpty();

        api.drop(new ObjectKey(PODS, "default", "a"));
        api.settle();
        assertThat(endpoints()).isEmpty();
        assertThat(api.list(SLICES)).hasSize(1);
    }

    /** Cost: there are thousands of others in its namespace. */
    @Test
    void readsTheSlicesOfItsServiceAlone() {
        service("");
        pod("a", "10.0.0.1", true);
        var key = new ObjectKey(SERVICES, "default", "web");

        var reader = new WithoutListsOfSlices(api);
        assertThat(new EndpointSliceController().reconcile(key, reader, api.now()).isSettled())
                .isTrue();
    }

    private record WithoutListsOfSlices(SimulatedApi api) implements ClusterReader {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return api.get(key);
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            assertThat(resource).isNotEqualTo(SLICES);
            return api.list(resource);
        }

        @Override
        public List<Resource> slicesOf(ObjectKey service) {
            return api.slicesOf(service);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    PreferClose    | {'forZones':[{'name':'east'}]}
                    PreferSameZone | {'forZones':[{'name':'east'}]}
                    PreferSameNode | {'forZones':[{'name':'east'}],'forNodes':[{'name':'n1'}]}
                    """)
    void tellsForWhomAReadyEndpointIsMeant(String distribution, String hints) {
        node("'topology.kubernetes.io/zone':'east'");
        service("'trafficDistribution':'%s',".formatted(distribution));
        pod("a", "10.0.0.1", true);
        pod("b", "10.0.0.2", false);

        assertThat(endpoints().getFirst().path("hints"))
                .isEqualTo(SimulatedApi.object(hints).tree());
        assertThat(endpoints().getLast().has("hints")).isFalse();
    }

    @Test
    void onlyTheNodeIsAHintWhereItHasNoZone() {
        node("");
        service("'trafficDistribution':'PreferSameNode',");
        pod("a", "10.0.0.1", true);

        assertThat(endpoints().getFirst().path("hints"))
                .isEqualTo(SimulatedApi.object("{'forNodes':[{'name':'n1'}]}").tree());
    }

    @Test
    void takesHintsBackFromASliceThatElseStaysAsItIs() {
        node("'topology.kubernetes.io/zone':'east'");
        Resource service = service("'trafficDistribution':'PreferClose',");
        pod("a", "10.0.0.1", true);
        assertThat(endpoints().getFirst().has("hints")).isTrue();

        Resource other = service.copy();
        Resource.child(other.tree(), "spec").remove("trafficDistribution");
        api.update(SERVICES, other);
        api.settle();
        assertThat(endpoints().getFirst().has("hints")).isFalse();
    }

    @Test
    void manyPodsFillSlicesOfAHundred() {
        service("");
        for (int i = 0; i < 230; i++) {
            pod("p" + i, "10.0.1." + i, true);
        }

        assertThat(api.list(SLICES)).hasSize(3);
        assertThat(endpoints())
                .extracting(EndpointSliceControllerTest::address)
                .hasSize(230)
                .doesNotHaveDuplicates();
        int before = api.actions();
        api.pass(60);
        assertThat(api.actions()).isEqualTo(before);
    }

    @Test
    void endpointsGoWithTheirService() {
        Resource service = service("");
        pod("a", "10.0.0.1", true);
        api.drop(service.key(SERVICES));
        api.settle();

        assertThat(api.list(Resources.ENDPOINTS)).isEmpty();
    }

    @Test
    void aServiceWithoutSelectorIsLeftToItsUser() {
        api.create(
                SERVICES,
                SimulatedApi.object(
                        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'db','namespace':'default'},"
                                + "'spec':{'ports':[{'port':5432}]}}"));
        api.settle();

        assertThat(api.list(SLICES)).isEmpty();
        assertThat(api.list(Resources.ENDPOINTS)).isEmpty();
    }

    private Resource service(String more) {
        Resource made =
                api.create(
                        SERVICES,
                        SimulatedApi.object(
                                """
                                {'apiVersion':'v1','kind':'Service',
                                 'metadata':{'name':'web','namespace':'default'},
                                 'spec':{%s'selector':{'app':'web'},
                                   'ports':[{'name':'http','port':80,'targetPort':'http','protocol':'TCP'}]}}
                                """
                                        .formatted(more)));
        api.settle();
        return made;
    }

    private void node(String labels) {
        api.create(
                Resources.NODES,
                SimulatedApi.object(
                        "{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1','labels':{%s}}}"
                                .formatted(labels)));
    }

    private void pod(String name, String ip, boolean isReady) {
        String v6 = "fd00::" + ip.substring(ip.lastIndexOf('.') + 1);
        Resource made =
                api.create(
                        PODS,
                        SimulatedApi.object(
                                """
                                {'apiVersion':'v1','kind':'Pod',
                                 'metadata':{'name':'%s','namespace':'default','labels':{'app':'web'}},
                                 'spec':{'nodeName':'n1','containers':[{'name':'c',
                                   'ports':[{'name':'http','containerPort':8080,'protocol':'TCP'}]}]},
                                 'status':{'podIP':'%s','podIPs':[{'ip':'%s'},{'ip':'%s'}]}}
                                """
                                        .formatted(name, ip, ip, v6)));
        pods.ready(made, isReady);
        api.settle();
    }

    private List<JsonNode> endpoints() {
        List<JsonNode> found = new ArrayList<>();
        api.list(SLICES).forEach(slice -> slice.tree().path("endpoints").forEach(found::add));
        return found;
    }

    private int port() {
        return api.list(SLICES).getFirst().tree().path("ports").path(0).path("port").asInt();
    }

    private List<String> legacy(String list) {
        List<String> found = new ArrayList<>();
        api.list(Resources.ENDPOINTS)
                .getFirst()
                .tree()
                .path("subsets")
                .path(0)
                .path(list)
                .forEach(each -> found.add(each.path("ip").asString("")));
        return found;
    }

    private static String address(JsonNode endpoint) {
        return endpoint.path("addresses").path(0).asString("");
    }
}
