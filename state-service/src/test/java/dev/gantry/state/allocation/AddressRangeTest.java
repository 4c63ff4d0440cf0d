package dev.gantry.state.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressRangeTest {
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
