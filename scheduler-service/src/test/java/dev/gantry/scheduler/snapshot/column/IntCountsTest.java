package dev.gantry.scheduler.snapshot.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntCountsTest {
    @ParameterizedTest
    @ValueSource(ints = {3, 40, 700, 100_000})
    void countsAsAMapDoesWhetherKeysAreFewOrMany(int keys) {
        var random = new Random(keys);
        var counts = new IntCounts();
        var expected = new TreeMap<Integer, Integer>();
        for (int step = 0; step < 5_000; step++) {
            int key = random.nextInt(keys);
            int before = expected.getOrDefault(key, 0);
            int change = before > 0 && random.nextBoolean() ? -before : 1 + random.nextInt(3);
            counts.add(key, change);
            expected.merge(key, change, (a, b) -> a + b == 0 ? null : a + b);
            assertThat(counts.size()).isEqualTo(expected.size());
        }
        var found = new TreeMap<Integer, Integer>();
        counts.forEach(key -> found.put(key, counts.get(key)));
        assertThat(found).isEqualTo(expected);
        assertThat(counts.get(keys + 5)).isZero();
    }
}
