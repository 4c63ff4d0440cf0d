package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShuffleShardingTest {
    static LongStream seeds() {
        return Seeds.first(50);
    }

    @Test
    void dealsAsInTheExample() {
        assertThat(ShuffleSharding.deal(11, 4, 2)).containsExactly(2, 3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void dealsDistinctQueuesOfTheDeck(long seed) {
        Random random = new Random(seed);
        int deck = 1 + random.nextInt(200);
        int hand = 1 + random.nextInt(Math.min(deck, 9));
        int[] dealt = ShuffleSharding.deal(random.nextLong(), deck, hand);
        assertThat(Arrays.stream(dealt).distinct().count()).isEqualTo(hand);
        assertThat(dealt).isSorted();
        assertThat(Arrays.stream(dealt)).allMatch(card -> card >= 0 && card < deck);
    }

    @Test
    void aFloodLeavesNearlyEverybodyAQueue() {
        int[] flood = ShuffleSharding.deal(ShuffleSharding.hash("s", "flood"), 64, 6);
        int drowned = 0;
        for (int i = 0; i < 10_000; i++) {
            int[] other = ShuffleSharding.deal(ShuffleSharding.hash("s", "user-" + i), 64, 6);
            drowned += Arrays.equals(flood, other) ? 1 : 0;
        }
        assertThat(drowned).isZero();
    }

    @Test
    void flowsAreSpreadOverAllQueues() {
        int[] flows = new int[16];
        for (int i = 0; i < 16_000; i++) {
            for (int card : ShuffleSharding.deal(ShuffleSharding.hash("s", "u" + i), 16, 4)) {
                flows[card]++;
            }
        }
        assertThat(Arrays.stream(flows)).allMatch(count -> count > 3_600 && count < 4_400);
    }
}
