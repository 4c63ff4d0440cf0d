package dev.gantry.model.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressBlockTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.244.0.0/16",
                "0.0.0.0/0",
                "fd00:10:244::/56",
                "::/0",
                "2001:db8:0:0:1::/80"
            })
    void writesRangesAsTheyAreRead(String text) {
        assertThat(AddressBlock.parse(text)).map(AddressBlock::toString).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0/8", "10.0.0.256/8", "fd00::/129", "x/8"})
    void refusesWhatIsNoRange(String text) {
        assertThat(AddressBlock.parse(text)).isEmpty();
    }

    @Test
    void clearsWhatStandsBehindThePrefix() {
        assertThat(block("10.244.7.9/16")).hasToString("10.244.0.0/16");
    }

    @Test
    void numbersTheBlocksInside() {
        AddressBlock whole = block("10.244.0.0/16");

        assertThat(whole.block(3, 24)).isEqualTo(block("10.244.3.0/24"));
        assertThat(whole.indexOf(block("10.244.3.0/25"), 24)).contains(3);
        assertThat(whole.indexOf(block("10.0.0.0/8"), 24)).contains(0);
        assertThat(whole.indexOf(block("10.245.0.0/24"), 24)).isEmpty();
        assertThat(whole.indexOf(block("fd00::/64"), 24)).isEmpty();
        assertThat(whole.blocks(24)).isEqualTo(256);
    }

    private static AddressBlock block(String text) {
        return AddressBlock.parse(text).orElseThrow();
    }
}
