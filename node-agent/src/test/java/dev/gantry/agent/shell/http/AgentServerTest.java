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
        assertThat(web.get(web.unknown(), "/pods")).startsWith("403");
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
    void deletesTheFolderOfAVolumeForTheGatewayAlone() throws Exception {
        Path folder = Files.createDirectories(web.folder().resolve("local-volumes/pvc-1"));
        Files.writeString(folder.resolve("row"), "x");
        Path beside = Files.createDirectories(web.folder().resolve("beside"));

        assertThat(web.ask(web.unknown(), "DELETE", "/localVolumes/pvc-1")).startsWith("403");
        assertThat(web.get(web.gateway(), "/localVolumes/pvc-1")).startsWith("405");
        assertThat(web.ask(web.gateway(), "DELETE", "/localVolumes/..%2Fbeside")).startsWith("500");
        assertThat(folder.resolve("row")).exists();
        assertThat(beside).exists();

        assertThat(web.ask(web.gateway(), "DELETE", "/localVolumes/pvc-1")).startsWith("200 {");
        assertThat(folder).doesNotExist();
        assertThat(web.ask(web.gateway(), "DELETE", "/localVolumes/pvc-1")).startsWith("200 {");
    }
}
