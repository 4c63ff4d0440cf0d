package dev.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

final class SeedsTest {
    @Test
    void areTheFirstOnesAndThoseThatFailedOnceEachButOnce() {
        assumeThat(System.getProperties()).doesNotContainKeys("seed", "seeds");

        assertThat(Seeds.first(3, 1, 77)).containsExactly(0L, 1L, 2L, 77L);
    }
}
