package dev.gantry.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SemverTest {
    @Test
    void versionsAreOrderedAsTheirStandardSays() {
        String[] ordered = {
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.2.0",
            "1.10.0"
        };
        for (int i = 1; i < ordered.length; i++) {
            Semver before = Semver.parse(ordered[i - 1]).orElseThrow();
            assertThat(Semver.parse(ordered[i]).orElseThrow()).isGreaterThan(before);
        }
        assertThat(Semver.parse("1.0")).isEmpty();
        assertThat(Semver.parse("01.0.0")).isEmpty();
    }
}
