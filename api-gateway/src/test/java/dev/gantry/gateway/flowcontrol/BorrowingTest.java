package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.flowcontrol.Borrowing.Demand;
import dev.gantry.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BorrowingTest {
    private static final SeatBounds TEN = new SeatBounds(10, 5, 30);

    static LongStream seeds() {
        return Seeds.first(300);
    }

    @Test
    void lendsWhatIsNotWanted() {
        assertThat(Borrowing.share(List.of(new Demand(TEN, 2, 2), new Demand(TEN, 18, 18))))
                .containsExactly(5, 15);
    }

    @Test
    void givesBackWhatIsWantedAgain() {
        assertThat(Borrowing.share(List.of(new Demand(TEN, 10, 10), new Demand(TEN, 18, 18))))
                .containsExactly(10, 10);
    }

    @Test
    void aLevelThatLendsNothingKeepsItsSeats() {
        SeatBounds firm = new SeatBounds(10, 10, 30);
        assertThat(Borrowing.share(List.of(new Demand(firm, 0, 0), new Demand(TEN, 100, 100))))
                .containsExactly(10, 10);
    }

    @Test
    void aLevelThatMayNotBorrowStaysAtItsSeats() {
        SeatBounds poor = new SeatBounds(10, 5, 10);
        assertThat(Borrowing.share(List.of(new Demand(poor, 99, 99), new Demand(TEN, 0, 0))))
                .containsExactly(10, 10);
    }

    @Test
    void wishesGoUpAtOnceAndComeDownSlowly() {
        assertThat(Borrowing.smooth(10, 50)).isEqualTo(50);
        assertThat(Borrowing.smooth(50, 0)).isBetween(48.0, 49.0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysWithinTheBoundsAndTheSeats(long seed) {
        Random random = new Random(seed);
        List<Demand> demands = new ArrayList<>();
        int seats = 0;
        for (int i = 0; i <= random.nextInt(8); i++) {
            int nominal = random.nextInt(50);
            int lower = nominal == 0 ? 0 : random.nextInt(nominal + 1);
            int upper = nominal + (random.nextBoolean() ? 0 : random.nextInt(200));
            int highest = random.nextInt(300);
            demands.add(
                    new Demand(
                            new SeatBounds(nominal, lower, upper),
                            highest,
                            Math.max(highest, random.nextInt(300))));
            seats += nominal;
        }
        List<Integer> shares = Borrowing.share(demands);
        assertThat(shares.stream().mapToInt(each -> each).sum()).isLessThanOrEqualTo(seats);
        for (int i = 0; i < shares.size(); i++) {
            SeatBounds bounds = demands.get(i).bounds();
            assertThat(shares.get(i)).isBetween(bounds.lower(), bounds.upper());
            // Whoever wants its nominal seats has them.
            assertThat(shares.get(i))
                    .isGreaterThanOrEqualTo(
                            (int) Math.min(bounds.nominal(), demands.get(i).highest()));
        }
    }
}
