package dev.gantry.bench.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.profile.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CompactionTest {
    private static final Cell SMALL = small(7, Mix.ALL_KINDS);

    @Test
    void findsANumberThatIsEnoughWhereOneLessIsNot() {
        int needed = Compaction.machinesNeeded(SMALL, Profile.PACKING);
        assertThat(Compaction.fits(SMALL, needed, Profile.PACKING)).isTrue();
        assertThat(Compaction.fits(SMALL, needed - 1, Profile.PACKING)).isFalse();
    }

    @Test
    void packingNeedsFewerMachinesThanSpreading() {
        assertThat(Compaction.machinesNeeded(SMALL, Profile.PACKING))
                .isLessThan(Compaction.machinesNeeded(SMALL, Profile.SPREADING));
    }

    @ParameterizedTest
    @EnumSource
    void whateverThePodsAskForTheFullestNodesAloneWouldPackNoBetter(Mix mix) {
        double ours = 0;
        double others = 0;
        for (long seed = 1; seed <= 5; seed++) {
            Cell cell = small(seed, mix);
            ours += Compaction.inUse(cell, Profile.PACKING);
            others += Compaction.inUse(cell, PackingBench.MOST_ALLOCATED);
        }
        assertThat(ours).isLessThan(others);
    }

    @Test
    void oneSeedGivesOneCell() {
        assertThat(Cell.of(7, Mix.SMALL))
                .isEqualTo(Cell.of(7, Mix.SMALL))
                .isNotEqualTo(Cell.of(8, Mix.SMALL));
    }

    private static Cell small(long seed, Mix mix) {
        Cell cell = Cell.of(seed, mix);
        return new Cell(cell.machines().subList(0, 120), cell.pods().subList(0, 500));
    }
}
