package dev.gantry.state.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "010.001.002.003", "::ffff:10.0.0.1"})
    void readsTheFourthVersion(String text) {
        assertThat(IpAddress.parse(text)).get().matches(IpAddress::isV4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "fe80::1",
                "1:2:3:4:5:6:7:8",
                "1::8",
                "fd00:10:96::a",
                "64:ff9b::1.2.3.4"
            })
    void readsTheSixthVersion(String text) {
        assertThat(IpAddress.parse(text)).get().matches(address -> !address.isV4());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "a",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1.2.3",
                "fe80::1%eth0",
                "1.2.3.4 ",
                "-1.2.3.4",
                "1.2.3.٤"
            })
    void refusesTheRest(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void knowsWhatIsSpecial() {
        assertThat(IpAddress.parse("127.1.2.3")).get().matches(IpAddress::isLoopback);
        assertThat(IpAddress.parse("::1")).get().matches(IpAddress::isLoopback);
        assertThat(IpAddress.parse("169.254.0.1")).get().matches(IpAddress::isLinkLocal);
        assertThat(IpAddress.parse("febf::1")).get().matches(IpAddress::isLinkLocal);
        assertThat(IpAddress.parse("224.0.0.9")).get().matches(IpAddress::isLinkLocalMulticast);
        assertThat(IpAddress.parse("::")).get().matches(IpAddress::isUnspecified);
    }
}
