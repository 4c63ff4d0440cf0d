package dev.gantry.gateway.shell.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void letsEachInUpToTheLimit() {
        assertThat(tally.enter("a", 2)).isTrue();
        assertThat(tally.enter("a", 2)).isTrue();
        assertThat(tally.enter("a", 2)).isFalse();
        assertThat(tally.enter("b", 2)).isTrue();
        tally.leave("a");
        assertThat(tally.count("a")).isEqualTo(1);
        assertThat(tally.enter("a", 2)).isTrue();
    }

    @Test
    void forgetsWhoLeft() {
        assertThat(tally.enter("a", 1)).isTrue();
        tally.leave("a");
        tally.leave("a");
        assertThat(tally.count("a")).isZero();
        assertThat(tally.enter("a", 0)).isFalse();
    }
}
