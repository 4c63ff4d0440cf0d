package dev.gantry.controller.network.endpointslicemirroring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EndpointSliceMirroringControllerTest {
    private static final GroupResource SERVICES = Resources.SERVICES;
    private static final GroupResource ENDPOINTS = Resources.ENDPOINTS;
    private static final GroupResource SLICES = Resources.ENDPOINT_SLICES;
    private static final String PORT = "{'name':'http','port':80,'protocol':'TCP'}";

    private final SimulatedApi api = new SimulatedApi(new EndpointSliceMirroringController());
    private final ObjectKey key = new ObjectKey(ENDPOINTS, "default", "web");

    @Test
    void endpointsMadeByHandAreMirrored() {
        service("");
        endpoints(subset("'10.1.2.3'", PORT));
        Resource slice = only();
        assertThat(slice.labels())
                .containsEntry("kubernetes.io/service-name", "web")
                .containsEntry(
                        "endpointslice.kubernetes.io/managed-by",
                        "endpointslicemirroring-controller.k8s.io")
                .containsEntry("of", "mine");
        assertThat(slice.annotations()).containsOnlyKeys("kept");
        assertThat(slice.controller().orElseThrow().kind()).isEqualTo("Endpoints");
        assertThat(Resource.text(slice.tree(), "addressType")).isEqualTo("IPv4");
        assertThat(addresses(slice)).containsExactly("10.1.2.3 true");
        assertThat(slice.tree().path("ports").toString().replace('"', '\''))
                .isEqualTo("[%s]".formatted(PORT));
    }

    @Test
    void changesAndTheEndAreMirroredToo() {
        service("");
        endpoints(subset("'10.1.2.3'", PORT));
        String name = only().name();
        change(subset("'10.2.3.4'", "{'name':'http','port':81,'protocol':'TCP'}"));
        assertThat(only().name()).as("the slice is used again").isEqualTo(name);
        assertThat(addresses(only())).containsExactly("10.2.3.4 true");
        assertThat(only().tree().path("ports").path(0).path("port").asInt()).isEqualTo(81);

        int before = api.actions();
        api.update(ENDPOINTS, api.get(key).orElseThrow());
        api.settle();
        assertThat(api.actions()).as("nothing new, nothing written").isEqualTo(before);

        api.drop(key);
        api.settle();
        assertThat(api.list(SLICES)).isEmpty();
    }

    @Test
    void familiesAndPortsStandInSlicesOfTheirOwn() {
        service("");
        endpoints(
                subset("'10.1.2.3','fd00::0:1'", PORT)
                        + ","
                        + subset("'10.1.2.4'", "{'name':'other','port':90,'protocol':'UDP'}"));
        assertThat(api.list(SLICES))
                .extracting(EndpointSliceMirroringControllerTest::addresses)
                .containsExactlyInAnyOrder(
                        List.of("10.1.2.3 true"),
                        List.of("fd00::1 true"),
                        List.of("10.1.2.4 true"));
    }

    @Test
    void anAddressThatIsNotReadySomewhereIsNotReady() {
        service("");
        endpoints(
                subset("'10.1.2.3'", PORT)
                        + ",{'notReadyAddresses':[{'ip':'10.1.2.3'},{'ip':'10.1.2.4'}],'ports':[%s]}"
                                .formatted(PORT));
        assertThat(addresses(only())).containsExactlyInAnyOrder("10.1.2.3 false", "10.1.2.4 false");
    }

    @Test
    void aThousandOfEachSubsetAreMirroredAndTheRestIsTold() {
        service("");
        String many =
                IntStream.range(0, 1003)
                        .mapToObj(i -> "'10.1.%d.%d'".formatted(i / 250, i % 250))
                        .collect(Collectors.joining(","));
        endpoints(subset(many, PORT));
        assertThat(only().tree().path("endpoints").size()).isEqualTo(1000);
        assertThat(api.told())
                .containsExactly(
                        "TooManyAddressesToMirror: A max of 1000 addresses can be mirrored to"
                                + " EndpointSlices per Endpoints subset. 3 addresses were skipped");
    }

    @Test
    void notMirroredIsWhatHasASelectorOrSaysSoOrElectsALeader() {
        service("'app':'web'");
        endpoints(subset("'10.1.2.3'", PORT));
        assertThat(api.list(SLICES)).isEmpty();

        Resource byHand = api.list(SERVICES).getFirst().copy();
        byHand.tree().putObject("spec");
        api.update(SERVICES, byHand);
        api.settle();
        assertThat(api.list(SLICES)).hasSize(1);

        Resource skipped = api.get(key).orElseThrow().copy();
        skipped.mutableMetadata()
                .putObject("labels")
                .put("endpointslice.kubernetes.io/skip-mirror", "true");
        api.update(ENDPOINTS, skipped);
        api.settle();
        assertThat(api.list(SLICES)).isEmpty();

        Resource elected = api.get(key).orElseThrow().copy();
        elected.mutableMetadata().remove("labels");
        elected.mutableMetadata()
                .putObject("annotations")
                .put("control-plane.alpha.kubernetes.io/leader", "{}");
        api.update(ENDPOINTS, elected);
        api.settle();
        assertThat(api.list(SLICES)).isEmpty();
    }

    @Test
    void slicesOfOthersStay() {
        service("");
        Resource foreign =
                SimulatedApi.object(
                        "{'metadata':{'name':'s','namespace':'default','labels':"
                                + "{'kubernetes.io/service-name':'web'}},'addressType':'IPv4'}");
        api.create(SLICES, foreign);
        endpoints(subset("'10.1.2.3'", PORT));
        api.drop(key);
        api.settle();
        assertThat(only().name()).isEqualTo("s");
    }

    private Resource only() {
        assertThat(api.list(SLICES)).hasSize(1);
        return api.list(SLICES).getFirst();
    }

    private static List<String> addresses(Resource slice) {
        return slice.tree()
                .path("endpoints")
                .valueStream()
                .map(EndpointSliceMirroringControllerTest::address)
                .toList();
    }

    private static String address(JsonNode endpoint) {
        return endpoint.path("addresses").path(0).asString()
                + " "
                + endpoint.path("conditions").path("ready").asBoolean();
    }

    private void service(String selector) {
        api.create(
                SERVICES,
                SimulatedApi.object(
                        "{'metadata':{'name':'web','namespace':'default'},'spec':{'selector':{%s}}}"
                                .formatted(selector)));
    }

    private static String subset(String addresses, String port) {
        String list =
                List.of(addresses.split(",")).stream()
                        .map("{'ip':%s}"::formatted)
                        .collect(Collectors.joining(","));
        return "{'addresses':[%s],'ports':[%s]}".formatted(list, port);
    }

    private void endpoints(String subsets) {
        api.create(
                ENDPOINTS,
                SimulatedApi.object(
                        "{'metadata':{'name':'web','namespace':'default','labels':{'of':'mine'},"
                                + "'annotations':{'kept':'yes','endpoints.kubernetes.io/last-change-trigger-time':'t'}},"
                                + "'subsets':[%s]}".formatted(subsets)));
        api.settle();
    }

    private void change(String subsets) {
        Resource changed = api.get(key).orElseThrow().copy();
        changed.tree()
                .set(
                        "subsets",
                        SimulatedApi.object("{'s':[%s]}".formatted(subsets)).tree().get("s"));
        api.update(ENDPOINTS, changed);
        api.settle();
    }
}
