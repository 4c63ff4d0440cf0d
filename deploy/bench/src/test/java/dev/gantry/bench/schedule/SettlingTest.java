package dev.gantry.bench.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {
    @Test
    void itIsOverAfterTwoRoundsThatAreHardlyFaster() {
        assertThat(roundsUntilOver(1000, 2000, 3000, 3100, 2900, 3000)).isEqualTo(5);
        assertThat(roundsUntilOver(5000, 5100, 4900)).isEqualTo(3);
    }

    @Test
    void oneRoundThatWasDisturbedDoesNotEndIt() {
        assertThat(roundsUntilOver(1000, 900, 2000, 1500, 3000, 3000, 3000)).isEqualTo(7);
    }

    @Test
    void whatGetsSlowlyFasterIsMeasuredAgainstTheFastest() {
        assertThat(roundsUntilOver(1000, 1040, 1080, 1120)).isEqualTo(3);
    }

    private static int roundsUntilOver(double... rates) {
        var settling = new Settling();
        for (int round = 0; round < rates.length; round++) {
            assertThat(settling.isOver()).as("before round %d", round + 1).isFalse();
            settling.add(rates[round]);
            if (settling.isOver()) {
                return round + 1;
            }
        }
        return rates.length + 1;
    }
}
