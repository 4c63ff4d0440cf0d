package dev.gantry.state.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
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

    @Test
    void rangeGivesNeitherItsOwnNorTheBroadcastAddress() {
        AddressRange range = AddressRange.parse("10.0.0.0/29");
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            given.add(
                    range.free(each -> given.contains(each.toString()), i)
                            .orElseThrow()
                            .toString());
        }

        assertThat(given)
                .containsExactlyInAnyOrder(
                        "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
        assertThat(range.free(each -> given.contains(each.toString()), 0)).isEmpty();
    }

    @Test
    void lowerBandIsLeftToThoseWhoAsk() {
        AddressRange range = AddressRange.parse("10.0.0.0/24");

        assertThat(range.free(_ -> false, 0).orElseThrow().toString()).isEqualTo("10.0.0.16");
    }

    @Test
    void cidrWithoutRoomIsRefused() {
        assertThatThrownBy(() -> AddressRange.parse("10.0.0.1/32"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
