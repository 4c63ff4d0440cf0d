package dev.gantry.scheduler.plugin.dynamicresources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.snapshot.device.ContainerAsk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DevicesForResourcesTest {
    private static final String GPU = "'example.com/gpu':'%d'";

    @Test
    void eachContainerGetsARequestNamedByItsPlaceAndThatOfTheResource() {
        var made =
                made(
                        """
                        'containers':[
                          {'name':'a','resources':{'requests':{'cpu':'1','example.com/gpu':'2'}}},
                          {'name':'b','resources':{'requests':{'cpu':'1'}}},
                          {'name':'c','resources':{'requests':{'example.com/gpu':'1','z':'1'}}}]
                        """);

        assertThat(requests(made))
                .containsExactly("container-0-request-1 2", "container-2-request-0 1");
        assertThat(mappings(made))
                .containsExactly("a container-0-request-1", "c container-2-request-0");
        assertThat(made.requests().get(0).toString())
                .isEqualTo(
                        "{\"name\":\"container-0-request-1\",\"exactly\":{\"deviceClassName\":\"gpu\","
                                + "\"allocationMode\":\"ExactCount\",\"count\":2}}");
    }

    @Test
    void anInitContainerUsesWhatTheContainersAfterItHave() {
        var made =
                made(
                        "'initContainers':[%s],'containers':[%s,%s]"
                                .formatted(asks("i", 2), asks("a", 1), asks("b", 3)));

        assertThat(requests(made))
                .containsExactly("container-1-request-0 1", "container-2-request-0 3");
        assertThat(mappings(made))
                .containsExactly(
                        "a container-1-request-0",
                        "b container-2-request-0",
                        "i container-1-request-0",
                        "i container-2-request-0");
    }

    @Test
    void whatInitContainersNeedBeyondThatIsOneRequestForAllOfThem() {
        var made =
                made(
                        "'initContainers':[%s,%s],'containers':[%s]"
                                .formatted(asks("i", 3), asks("j", 5), asks("a", 1)));

        assertThat(requests(made))
                .containsExactly("container-1-request-0 4", "container-2-request-0 1");
        assertThat(mappings(made))
                .containsExactly(
                        "a container-2-request-0",
                        "i container-2-request-0",
                        "i container-1-request-0",
                        "j container-2-request-0",
                        "j container-1-request-0");
    }

    @Test
    void aSidecarKeepsItsDevices() {
        String sidecar = asks("s", 1).replace("{'name'", "{'restartPolicy':'Always','name'");
        var made =
                made(
                        "'initContainers':[%s,%s],'containers':[{'name':'a'}]"
                                .formatted(sidecar, asks("i", 1)));

        assertThat(requests(made))
                .containsExactly("container-0-request-0 1", "container-1-request-0 1");
    }

    private static String asks(String name, int gpus) {
        return "{'name':'%s','resources':{'requests':{%s}}}".formatted(name, GPU.formatted(gpus));
    }

    private static DevicesForResources made(String spec) {
        JsonNode tree = JsonMapper.shared().readTree("{%s}".formatted(spec).replace('\'', '"'));
        return new DevicesForResources(
                ContainerAsk.listOf(tree), new TreeMap<>(Map.of("example.com/gpu", "gpu")));
    }

    private static List<String> requests(DevicesForResources made) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : made.requests()) {
            String name = each.path("name").asString("");
            found.add(name + " " + each.path("exactly").path("count").asInt());
        }
        return found;
    }

    private static List<String> mappings(DevicesForResources made) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : made.mappings()) {
            assertThat(each.path("resourceName").asString("")).isEqualTo("example.com/gpu");
            found.add(
                    each.path("containerName").asString("")
                            + " "
                            + each.path("requestName").asString(""));
        }
        return found;
    }
}
