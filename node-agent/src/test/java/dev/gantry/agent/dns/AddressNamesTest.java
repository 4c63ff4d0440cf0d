package dev.gantry.agent.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.address.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressNamesTest {
    @ParameterizedTest
    @CsvSource({
        "10.244.1.5,10-244-1-5",
        "fd00:10:244::5,fd00-10-244-0-0-0-0-5",
        "::1,0-0-0-0-0-0-0-1"
    })
    void anAddressAndItsLabelAreOne(String text, String label) {
        Address address = Address.parse(text).orElseThrow();

        assertThat(AddressNames.dashes(address)).isEqualTo(label);
        assertThat(AddressNames.ofDashes(label)).contains(address);
    }

    @Test
    void labelsMayBeShort() {
        assertThat(AddressNames.ofDashes("fd00-10-244--5"))
                .isEqualTo(Address.parse("fd00:10:244::5"));
    }

    @Test
    void readsReverseNames() {
        assertThat(AddressNames.ofReverse("4.3.2.1.in-addr.arpa"))
                .isEqualTo(Address.parse("1.2.3.4"));
        assertThat(AddressNames.ofReverse("1." + "0.".repeat(31) + "ip6.arpa"))
                .isEqualTo(Address.parse("::1"));
        assertThat(AddressNames.ofReverse("1.2.in-addr.arpa")).isEmpty();
        assertThat(AddressNames.ofReverse("1.ip6.arpa")).isEmpty();
        assertThat(AddressNames.ofReverse("1.0".repeat(16) + ".ip6.arpa")).isEmpty();
    }
}
