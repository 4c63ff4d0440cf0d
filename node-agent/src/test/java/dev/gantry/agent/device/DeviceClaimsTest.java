package dev.gantry.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DeviceClaimsTest {
    private static final PodSpec POD =
            new PodSpec(
                    object(
                            """
                            {'metadata':{'name':'train','namespace':'a','uid':'p1'},
                             'spec':{'resourceClaims':[{'name':'shared','resourceClaimName':'s'},
                              {'name':'own','resourceClaimTemplateName':'t'},
                              {'name':'later','resourceClaimTemplateName':'t'},
                              {'name':'none','resourceClaimTemplateName':'t'}]},
                             'status':{'resourceClaimStatuses':[{'name':'none'},
                              {'name':'own','resourceClaimName':'train-own-x'}]}}
                            """));

    @Test
    void namesTheClaimsOfSpecAndStatus() {
        assertThat(DeviceClaims.of(POD))
                .containsEntry("shared", "s")
                .containsEntry("own", "train-own-x")
                .containsEntry("later", "")
                .doesNotContainKey("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | ResourceClaim s is not allocated",
                "{'allocation':{}} | pod train (p1) is not allowed to use ResourceClaim s (c1)",
                "{'allocation':{},'reservedFor':[{'uid':'p0'}]} | pod train (p1) is not allowed to"
                        + " use ResourceClaim s (c1)",
                "{'allocation':{},'reservedFor':[{'uid':'p0'},{'uid':'p1'}]} | none"
            })
    void wantsTheClaimAllocatedAndReserved(String status, String obstacle) {
        Resource claim =
                object("{'metadata':{'name':'s','uid':'c1'},'status':%s}".formatted(status));

        assertThat(DeviceClaims.obstacle(POD, "shared", "s", Optional.of(claim)).orElse("none"))
                .isEqualTo(obstacle);
    }

    @Test
    void waitsForAClaimThatIsNotThere() {
        assertThat(DeviceClaims.obstacle(POD, "shared", "s", Optional.empty()))
                .contains("failed to fetch ResourceClaim s referenced by pod train");
        assertThat(DeviceClaims.obstacle(POD, "later", "", Optional.empty()))
                .contains("the claim for later has not been made yet");
    }

    private static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
