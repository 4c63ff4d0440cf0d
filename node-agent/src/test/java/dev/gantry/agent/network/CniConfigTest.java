package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CniConfigTest {
    @Test
    void givesPodsAnAddressOfEachFamilyAndHidesNobody() {
        String text = CniConfig.text(List.of("10.244.1.0/24", "fd00:10:244:1::/64"), "/leases");
        JsonNode bridge = JsonMapper.shared().readTree(text).path("plugins").path(0);
        assertThat(bridge.path("ipMasq").asBoolean(true)).isFalse();
        assertThat(bridge.path("hairpinMode").asBoolean(false)).isTrue();
        assertThat(bridge.at("/ipam/ranges/0/0/subnet").asString()).isEqualTo("10.244.1.0/24");
        assertThat(bridge.at("/ipam/ranges/1/0/subnet").asString()).isEqualTo("fd00:10:244:1::/64");
        assertThat(bridge.at("/ipam/dataDir").asString()).isEqualTo("/leases");
    }
}
