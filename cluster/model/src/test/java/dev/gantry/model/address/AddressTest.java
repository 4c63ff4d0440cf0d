package dev.gantry.model.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.LongStream;
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
        assertThat(address).isEqualTo(Address.ofHex(HexFormat.of().formatHex(bytes)));
        assertThat(Address.parse(address.toString())).contains(address);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,10.0.0.1",
        "255.255.255.255,255.255.255.255",
        "::,::",
        "::1,::1",
        "fd00:10:96::a,fd00:10:96::a",
        "FD00:0:0:0:0:0:0:1,fd00::1",
        "1:0:0:2:0:0:0:3,1:0:0:2::3",
        "1:0:2:3:4:5:6:7,1:0:2:3:4:5:6:7"
    })
    void textIsCanonical(String text, String canonical) {
        assertThat(Address.parse(text).map(Address::toString)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4.5", ":", "1::2::3", "g::"})
    void otherTextIsNoAddress(String text) {
        assertThat(Address.parse(text)).isEmpty();
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
}
