package dev.gantry.agent.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheJdkOnEveryAddress(long seed) throws UnknownHostException {
        byte[] bytes = new byte[seed % 2 == 0 ? 4 : 16];
        var random = new Random(seed);
        for (int i = 0; i < bytes.length; i++) {
            // Many zeros, as real IPv6 addresses have them.
            bytes[i] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : 0;
        }
        String text = InetAddress.getByAddress(bytes).getHostAddress();
        Address address = Address.parse(text).orElseThrow();
        assertThat(address).hasToString(text).isEqualTo(Address.parse(text).orElseThrow());
        assertThat(Address.ofDashes(address.dashes())).hasValue(address);
    }

    @ParameterizedTest
    @CsvSource({"::1,0:0:0:0:0:0:0:1", "fd00:10::a,FD00:0010:0:0::000a", "::,0:0:0:0:0:0:0:0"})
    void spellingsOfOneAddressAreEqual(String one, String other) {
        assertThat(Address.parse(one)).isPresent().isEqualTo(Address.parse(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "a.b.c.d",
                "1:2:3",
                ":::",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "g::",
                "-1.2.3.4"
            })
    void refusesWhatIsNone(String text) {
        assertThat(Address.parse(text)).isEmpty();
    }

    @Test
    void readsReverseNames() {
        assertThat(Address.ofReverseName("4.3.2.1.in-addr.arpa"))
                .isEqualTo(Address.parse("1.2.3.4"));
        assertThat(Address.ofReverseName("1.2.in-addr.arpa")).isEmpty();
        assertThat(Address.ofReverseName("1.ip6.arpa")).isEmpty();
        assertThat(Address.ofReverseName("1.0".repeat(16) + ".ip6.arpa")).isEmpty();
    }
}
