package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.address.AddressBlock;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class NeighbourDeviceTest {
    private static final BalancerPool POOL =
            new BalancerPool(
                    List.of(
                            AddressBlock.parse("192.0.2.0/24").orElseThrow(),
                            AddressBlock.parse("2001:db8::/64").orElseThrow()));
    private static final JsonNode LISTING =
            JsonMapper.shared()
                    .readTree(
                            """
                            [{"ifname": "lo", "address": "00:00:00:00:00:00",
                              "addr_info": [{"local": "127.0.0.1"}, {"local": "192.0.2.9"}]},
                             {"ifname": "eth0", "address": "02:00:00:00:00:07",
                              "addr_info": [{"local": "192.0.2.1"}, {"local": "192.0.2.80"},
                                            {"local": "2001:db8::80"}, {"local": "fe80::1"}]}]
                            """);

    @Test
    void isTheOneWithTheNodesAddressWhichIsNoBalancers() {
        assertThat(NeighbourDevice.find(LISTING, List.of("192.0.2.1"), POOL))
                .contains(
                        new NeighbourDevice(
                                "eth0",
                                "02:00:00:00:00:07",
                                new TreeSet<>(List.of("192.0.2.80", "2001:db8::80"))));
        assertThat(NeighbourDevice.find(LISTING, List.of("198.51.100.1"), POOL)).isEmpty();
    }

    @Test
    void renewsWhatIsWantedAndGivesUpTheRest() {
        var device = NeighbourDevice.find(LISTING, List.of("192.0.2.1"), POOL).orElseThrow();
        var wanted = new TreeSet<>(List.of("192.0.2.81", "2001:db8::80"));

        assertThat(device.lease(wanted, Duration.ofSeconds(30)))
                .isEqualTo(
                        """
                        address del 192.0.2.80/32 dev eth0
                        address replace 192.0.2.81/32 dev eth0 valid_lft 30 preferred_lft 0
                        address replace 2001:db8::80/128 dev eth0 valid_lft 30 preferred_lft 0 nodad
                        """);
        assertThat(device.announce()).isEqualTo("link set dev eth0 address 02:00:00:00:00:07\n");
    }
}
