package dev.gantry.agent.shell.http;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

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
}
