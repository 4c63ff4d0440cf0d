package dev.gantry.bench.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.Profile;
import org.junit.jupiter.api.Test;

final class CompactionTest {
    private static final Cell SMALL = small(Cell.of(7));

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

    @Test
    void oneSeedGivesOneCell() {
        assertThat(Cell.of(7)).isEqualTo(Cell.of(7)).isNotEqualTo(Cell.of(8));
    }

    private static Cell small(Cell cell) {
        return new Cell(cell.machines().subList(0, 80), cell.pods().subList(0, 250));
    }
}
