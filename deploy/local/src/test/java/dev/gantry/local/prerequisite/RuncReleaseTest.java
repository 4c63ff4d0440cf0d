package dev.gantry.local.prerequisite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RuncReleaseTest {
    private static final String DEBIAN_13 =
            """
            runc version 1.1.15+ds1
            commit: 1.1.15+ds1-2+deb13u1
            spec: 1.2.0
            go: go1.24.4
            """;
    private static final String ENTRY =
            """
            runc (1.1.15+ds1-2+deb13u1) trixie-security; urgency=high
              * Verify the /dev/null bind-mount source (CVE-2025-31133).
              * Harden opening of /dev/console (CVE-2025-52565).
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.8",
                "1.2.10",
                "1.3.3",
                "1.3.4+ds1",
                "1.4.0",
                "1.4.0-rc.3",
                "1.4.0~rc4+ds1",
                "1.4.1",
                "1.5.0-rc.1",
                "2.0.0"
            })
    void isFixedFromTheReleasesOnThatUpstreamNames(String version) {
        assertThat(RuncRelease.of("runc version " + version + "\n", "").open()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.0.0-rc93", "1.1.15", "1.2.7", "1.3.2", "1.4.0-rc.2", "1.4.0~rc1", "?"})
    void isOpenBefore(String version) {
        assertThat(RuncRelease.of("runc version " + version + "\n", "").open()).hasSize(3);
    }

    @Test
    void isClosedAsFarAsTheChangelogOfItsOwnPackageSays() {
        RuncRelease found = RuncRelease.of(DEBIAN_13, ENTRY);
        assertThat(found.version()).isEqualTo("1.1.15+ds1-2+deb13u1");
        assertThat(found.open()).containsExactly("CVE-2025-52881");
    }

    @Test
    void readsTheChangelogOfAPackageThatWasOnlyBuiltAnew() {
        String rebuilt = DEBIAN_13.replace("deb13u1", "deb13u1+b3");
        assertThat(RuncRelease.of(rebuilt, ENTRY).open()).containsExactly("CVE-2025-52881");
    }

    @Test
    void isNotClosedByTheChangelogOfAnotherVersion() {
        String other = DEBIAN_13.replace("deb13u1", "deb13u0");
        assertThat(RuncRelease.of(other, ENTRY).open()).hasSize(3);
    }
}
