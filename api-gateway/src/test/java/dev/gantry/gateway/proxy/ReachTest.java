package dev.gantry.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.address.Address;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    private final Reach reach = new Reach(Set.of(Address.parse("10.0.0.1").orElseThrow()));

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.2", "192.0.2.7", "8.8.8.8", "240.1.2.3", "fd00::7", "2001:db8::1"})
    void reachesPodsWhereverTheyAre(String address) {
        assertThat(reach.address(address)).map(Address::toString).hasValue(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.0.0.0",
                "0.1.2.3",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "224.0.0.1",
                "239.1.1.1",
                "255.255.255.255",
                "10.0.0.1",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:7f00:1",
                "::ffff:a9fe:a9fe",
                "::ffff:a00:1",
                "fe80::1",
                "febf::1",
                "ff02::1",
                "localhost",
                "kubernetes.default.svc",
                "127.1",
                "0x7f000001",
                "2130706433",
                "010.0.0.2",
                "10.0.0.2%eth0",
                "[::1]"
            })
    void reachesNoWayIntoTheControlPlane(String address) {
        assertThat(reach.address(address)).isEmpty();
    }

    @Test
    void reachesItselfWhereThatIsWanted() {
        assertThat(new Reach(Set.of()).address("10.0.0.1")).isPresent();
    }
}
