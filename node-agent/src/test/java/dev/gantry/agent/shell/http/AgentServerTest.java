package dev.gantry.agent.shell.http;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may ask an agent for what. */
@ExtendWith(ServedPod.Shared.class)
final class AgentServerTest {
    private final ServedPod web;

    AgentServerTest(ServedPod web) {
        this.web = web;
    }

    @Test
    void letsOnlyTheGatewayInAndTellsEverybodyItsHealth() throws Exception {
        assertThat(web.get(web.unknown(), "/pods")).startsWith("401");
        assertThat(web.get(web.unknown(), "/healthz")).isEqualTo("200 ok\n");
        assertThat(web.get(web.gateway(), "/pods")).contains("\"name\":\"web\"");
        assertThat(web.get(web.gateway(), "/nothing")).startsWith("404");
        assertThat(web.get(web.gateway(), "/exec/default/web/main?command=ls")).startsWith("400");
        assertThat(web.get(web.gateway(), "/containerLogs/default/none/main")).startsWith("404");
        await().untilAsserted(
                        () ->
                                assertThat(web.get(web.gateway(), "/stats/summary"))
                                        .contains("\"podRef\":{\"name\":\"web\"")
                                        .contains("\"workingSetBytes\""));
    }

    @Test
    void tellsTheGatewayItsStatusAndSettings() throws Exception {
        assertThat(web.get(web.unknown(), "/flagz")).startsWith("401");
        assertThat(web.get(web.gateway(), "/statusz"))
                .startsWith("200 \nkubelet statusz\n")
                .contains(" /flagz /healthz /metrics ");
        assertThat(web.get(web.gateway(), "/flagz"))
                .startsWith("200 \nkubelet flagz\n")
                .endsWith("\ngantry.node.name=test\n");
        assertThat(web.get(web.gateway(), "/flagz/more")).startsWith("404");
    }

    @Test
    void tellsTheGatewayItsMetrics() throws Exception {
        assertThat(web.get(web.unknown(), "/metrics")).startsWith("401");
        assertThat(web.get(web.unknown(), "/metrics/cadvisor")).startsWith("401");
        assertThat(web.get(web.gateway(), "/metrics/none")).startsWith("404");
        assertThat(web.get(web.gateway(), "/metrics/probes")).isEqualTo("200 of probes\n");
        assertThat(web.get(web.gateway(), "/metrics"))
                .contains("\nkubelet_node_name{node=\"test\"} 1\n")
                .contains("\nkubelet_running_pods 1\n")
                .containsPattern(
                        "\nkubelet_running_containers\\{container_state=\"running\"} [1-9]")
                .containsPattern(
                        "\nkubelet_runtime_operations_total\\{operation_type=\"run_podsandbox\"} 1\n")
                .contains(
                        "\nkubelet_http_requests_total{long_running=\"false\",method=\"GET\",path=\"metrics/probes\",server_type=\"readwrite\"} ");
        assertThat(web.get(web.gateway(), "/metrics/resource"))
                .contains("\nresource_scrape_error 0\n");
        await().untilAsserted(
                        () ->
                                assertThat(web.get(web.gateway(), "/metrics/cadvisor"))
                                        .containsPattern(
                                                "\ncontainer_memory_working_set_bytes\\{container=\"main\",id=\"/kubepods/besteffort/podweb/[0-9a-f]{64}\",image=\"busybox\",name=\"[0-9a-f]{64}\",.*} [1-9]")
                                        .containsPattern(
                                                "\ncontainer_network_receive_bytes_total\\{.*pod=\"web\",interface=\"eth0\"} [0-9]")
                                        .contains("\nmachine_memory_bytes{"));
    }

    @Test
    void deletesTheFolderOfAVolumeForTheGatewayAlone() throws Exception {
        Path folder = Files.createDirectories(web.folder().resolve("local-volumes/pvc-1"));
        Files.writeString(folder.resolve("row"), "x");
        Path beside = Files.createDirectories(web.folder().resolve("beside"));

        assertThat(web.ask(web.unknown(), "DELETE", "/localVolumes/pvc-1")).startsWith("401");
        assertThat(web.get(web.gateway(), "/localVolumes/pvc-1")).startsWith("405");
        assertThat(web.ask(web.gateway(), "DELETE", "/localVolumes/..%2Fbeside")).startsWith("500");
        assertThat(folder.resolve("row")).exists();
        assertThat(beside).exists();

        assertThat(web.ask(web.gateway(), "DELETE", "/localVolumes/pvc-1")).startsWith("200 {");
        assertThat(folder).doesNotExist();
        assertThat(web.ask(web.gateway(), "DELETE", "/localVolumes/pvc-1")).startsWith("200 {");
    }
}
