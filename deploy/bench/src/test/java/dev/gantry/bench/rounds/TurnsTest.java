package dev.gantry.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {
    @Test
    void askOneAsOftenAsThereAreRounds() {
        assertThat(Turns.of(List.of("A"), 3)).containsExactly("A", "A", "A");
    }

    @Test
    void alternateWhoIsFirst() {
        assertThat(Turns.of(List.of("A", "B"), 3)).containsExactly("A", "B", "B", "A", "A", "B");
    }

    @Test
    void areNoneWithoutRounds() {
        assertThat(Turns.of(List.of("A", "B"), 0)).isEmpty();
    }
}
