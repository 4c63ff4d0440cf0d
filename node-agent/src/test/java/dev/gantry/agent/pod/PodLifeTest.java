package dev.gantry.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PodLifeTest {
    @ParameterizedTest
    @CsvSource({
        "PRESENT, ORPHANED, REMOVED",
        "ORPHANED, ORPHANED, FINISHED",
        "REMOVED, FINISHED, REMOVED",
        "FINISHED, FINISHED, FINISHED",
    })
    void goesOnFromBothSides(PodLife life, PodLife goneFromApi, PodLife removedFromNode) {
        assertThat(life.goneFromApi()).isEqualTo(goneFromApi);
        assertThat(life.removedFromNode()).isEqualTo(removedFromNode);
    }

    /** What the API or the node has lost does not come back. */
    @ParameterizedTest
    @EnumSource
    void endsTheSameWhicheverSideIsFirst(PodLife life) {
        assertThat(life.goneFromApi().removedFromNode()).isEqualTo(PodLife.FINISHED);
        assertThat(life.removedFromNode().goneFromApi()).isEqualTo(PodLife.FINISHED);
        assertThat(life.goneFromApi().isInApi()).isFalse();
        assertThat(life.removedFromNode().isOnNode()).isFalse();
    }
}
