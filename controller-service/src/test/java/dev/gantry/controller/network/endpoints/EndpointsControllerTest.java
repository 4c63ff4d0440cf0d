package dev.gantry.controller.network.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EndpointsControllerTest {
    private static final ObjectKey KEY = new ObjectKey(Resources.ENDPOINTS, "default", "web");
    private static final ObjectKey SERVICE = new ObjectKey(Resources.SERVICES, "default", "web");

    private final SimulatedApi api = new SimulatedApi(new EndpointsController());
    private final Pods pods = new Pods(api);

    @Test
    void aServiceWithoutPodsHasEndpointsWithoutSubsets() {
        service("'selector':{'app':'web'},");

        assertThat(endpoints().tree().has("subsets")).isFalse();
        assertThat(endpoints().labels())
                .containsEntry("endpoints.kubernetes.io/managed-by", "endpoint-controller");
    }

    @Test
    void readyPodsStandApartFromTheOthers() {
        service("'selector':{'app':'web'},");
        pod("a", "10.0.0.1", true);
        pod("b", "10.0.0.2", false);

        JsonNode subset = endpoints().tree().path("subsets").path(0);
        assertThat(subset.path("addresses").toString())
                .isEqualTo(
                        "[{\"ip\":\"10.0.0.1\",\"nodeName\":\"n1\",\"targetRef\":%s}]"
                                .formatted(target("a")));
        assertThat(subset.path("notReadyAddresses").path(0).path("ip").asString())
                .isEqualTo("10.0.0.2");
        assertThat(subset.path("ports").toString())
                .isEqualTo("[{\"name\":\"http\",\"port\":8080,\"protocol\":\"TCP\"}]");
    }

    @Test
    void aPodMovesWhenItGetsReady() {
        service("'selector':{'app':'web'},");
        pod("a", "10.0.0.1", false);
        pods.ready(pods.all().getFirst(), true);
        api.settle();

        JsonNode subset = endpoints().tree().path("subsets").path(0);
        assertThat(subset.path("addresses")).hasSize(1);
        assertThat(subset.has("notReadyAddresses")).isFalse();
    }

    @Test
    void labelsOfTheServiceAreTakenOver() {
        service("'selector':{'app':'web'},");
        Resource labelled = api.get(SERVICE).orElseThrow().copy();
        Resource.child(labelled.mutableMetadata(), "labels").put("team", "x");
        api.update(Resources.SERVICES, labelled);
        api.settle();

        assertThat(endpoints().labels()).containsEntry("team", "x");
    }

    @Test
    void whatSomebodyChangesIsRestored() {
        service("'selector':{'app':'web'},");
        pod("a", "10.0.0.1", true);
        Resource spoilt = endpoints().copy();
        spoilt.tree().putArray("subsets");
        api.update(Resources.ENDPOINTS, spoilt);
        api.settle();

        assertThat(endpoints().tree().path("subsets").path(0).path("addresses")).hasSize(1);
    }

    @Test
    void endpointsGoWithTheirService() {
        service("'selector':{'app':'web'},");
        api.drop(SERVICE);
        api.settle();

        assertThat(api.get(KEY)).isEmpty();
    }

    @Test
    void endpointsWithoutServiceThatAUserMadeStay() {
        byHand();

        assertThat(api.get(KEY)).isPresent();
        assertThat(api.actions()).isZero();
    }

    @Test
    void endpointsOfAServiceWithoutSelectorBelongToTheUser() {
        byHand();
        service("");

        assertThat(endpoints().tree().path("subsets").path(0).path("addresses")).hasSize(1);
        assertThat(api.actions()).isZero();
    }

    @Test
    void beyondAThousandPodsTheRestIsLeftOutAndThatIsTold() {
        service("'selector':{'app':'web'},");
        for (int i = 0; i <= 1000; i++) {
            make("p" + i, "10.0.%d.%d".formatted(i / 250, i % 250 + 1));
        }
        api.settle();
        assertThat(endpoints().tree().path("subsets").path(0).path("notReadyAddresses"))
                .hasSize(1000);
        assertThat(endpoints().annotations())
                .containsEntry("endpoints.kubernetes.io/over-capacity", "truncated");

        api.drop(pods.all().getFirst().key(Resources.PODS));
        api.settle();
        assertThat(endpoints().annotations()).isEmpty();
    }

    private Resource endpoints() {
        return api.get(KEY).orElseThrow();
    }

    private JsonNode target(String pod) {
        var key = new ObjectKey(Resources.PODS, "default", pod);
        Resource found = api.get(key).orElseThrow();
        return SimulatedApi.object(
                        "{'kind':'Pod','namespace':'default','name':'%s','uid':'%s'}"
                                .formatted(pod, found.uid()))
                .tree();
    }

    private void service(String selector) {
        api.create(
                Resources.SERVICES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Service',
                         'metadata':{'name':'web','namespace':'default'},
                         'spec':{%s
                           'ports':[{'name':'http','port':80,'targetPort':'http','protocol':'TCP'}]}}
                        """
                                .formatted(selector)));
        api.settle();
    }

    private void byHand() {
        api.create(
                Resources.ENDPOINTS,
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'web','namespace':'default'},
                         'subsets':[{'addresses':[{'ip':'192.0.2.1'}]}]}
                        """));
        api.settle();
    }

    private void pod(String name, String ip, boolean isReady) {
        pods.ready(make(name, ip), isReady);
        api.settle();
    }

    private Resource make(String name, String ip) {
        return api.create(
                Resources.PODS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'%s','namespace':'default','labels':{'app':'web'}},
                         'spec':{'nodeName':'n1','containers':[{'name':'c',
                           'ports':[{'name':'http','containerPort':8080,'protocol':'TCP'}]}]},
                         'status':{'podIP':'%s','podIPs':[{'ip':'%s'}]}}
                        """
                                .formatted(name, ip, ip)));
    }
}
