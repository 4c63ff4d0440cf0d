package dev.gantry.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 500})
    void viewsAreListsLikeAllOthers(int size) {
        SortedTable<Integer, Integer> table = SortedTable.empty(Comparator.naturalOrder());
        var expected = new ArrayList<Integer>();
        for (int i = 0; i < size; i++) {
            int key = (i * 7919) % size;
            table = table.with(key, key);
            expected.add(i);
        }
        var view = table.values();

        assertThat(view).isEqualTo(expected);
        for (int from = 0; from <= size; from++) {
            assertThat(view.subList(from, size)).isEqualTo(expected.subList(from, size));
            assertThat(view.subList(0, from)).isEqualTo(expected.subList(0, from));
        }
        for (int i = 0; i < size; i++) {
            assertThat(view.get(i)).isEqualTo(i);
            assertThat(table.from(i, key -> key < 100).size())
                    .isEqualTo(Math.max(0, Math.min(size, 100) - i));
        }
    }

    @Test
    void pageTouchesNoMoreThanItsOwnEntries() {
        var compared = new AtomicInteger();
        SortedTable<Integer, Integer> table =
                SortedTable.empty(
                        (one, other) -> {
                            compared.incrementAndGet();
                            return one.compareTo(other);
                        });
        for (int i = 0; i < 20_000; i++) {
            table = table.with(i, i);
        }
        compared.set(0);

        var page = List.copyOf(table.from(9000, key -> key < 19_000).subList(500, 510));

        assertThat(page).first().isEqualTo(9500);
        assertThat(compared).hasValueLessThan(100);
    }
}
