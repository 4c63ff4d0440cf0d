package dev.gantry.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedTableTest {
    /** The table and a TreeMap are fed the same; an old version of the table never changes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void holdsWhatASortedMapHolds(long seed) {
        var random = new Random(seed);
        var expected = new TreeMap<Integer, Integer>();
        SortedTable<Integer, Integer> table = SortedTable.empty(Comparator.naturalOrder());
        SortedTable<Integer, Integer> kept = table;
        var keptValues = new ArrayList<Integer>();

        for (int step = 0; step < 5000; step++) {
            int key = random.nextInt(600);
            if (random.nextInt(5) < 3) {
                table = table.with(key, step);
                expected.put(key, step);
            } else {
                table = table.without(key);
                expected.remove(key);
            }
            if (step == 2500) {
                kept = table;
                keptValues.addAll(expected.values());
            }
        }

        assertThat(table.size()).isEqualTo(expected.size());
        assertThat(table.values()).containsExactlyElementsOf(expected.values());
        assertThat(table.from(200, key -> key < 400))
                .containsExactlyElementsOf(expected.subMap(200, 400).values());
        assertThat(kept.values()).containsExactlyElementsOf(keptValues);
    }
}
