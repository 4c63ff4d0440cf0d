package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceRangesTest {
    @Test
    void areThoseOfTheFamilyWithoutWhatIsPartOfAnother() {
        List<String> given =
                List.of(
                        "10.1.0.0/16",
                        " 10.0.0.0/8 ",
                        "192.0.2.7/24",
                        "192.0.2.0/24",
                        "2001:db8::/64",
                        "nowhere");
        assertThat(SourceRanges.of(given, Family.IP4))
                .containsExactly("10.0.0.0/8", "192.0.2.0/24");
        assertThat(SourceRanges.of(given, Family.IP6)).containsExactly("2001:db8::/64");
        assertThat(SourceRanges.of(List.of("0.0.0.0/0", "10.0.0.0/8"), Family.IP4))
                .containsExactly("0.0.0.0/0");
    }
}
