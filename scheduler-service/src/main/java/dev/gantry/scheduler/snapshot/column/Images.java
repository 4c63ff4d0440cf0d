package dev.gantry.scheduler.snapshot.column;

import dev.gantry.scheduler.snapshot.node.NodeFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which container images lie on which rows. Only the owning snapshot changes it. */
public final class Images {
    private static final Spread NOWHERE = new Spread(new IntCounts(), new TreeMap<>());

    private final Map<String, Spread> spreads = new HashMap<>();

    /** The size of the image in KiB on each row that has it. */
    public IntCounts of(String image) {
        return spreads.getOrDefault(image, NOWHERE).kibibytes;
    }

    /** The greatest size in KiB that a node reports of the image; zero where none has it. */
    public int largest(String image) {
        SortedMap<Integer, Integer> sizes = spreads.getOrDefault(image, NOWHERE).rowsBySize;
        return sizes.isEmpty() ? 0 : sizes.lastKey();
    }

    /** The node on the row was like {@code before} and is like {@code now}; null is no node. */
    public void changed(int row, @Nullable NodeFacts before, @Nullable NodeFacts now) {
        if (before != null && now != null && before.images().equals(now.images())) {
            return;
        }
        if (before != null) {
            before.images().forEach((image, size) -> remove(image, row, size));
        }
        if (now != null) {
            now.images().forEach((image, size) -> add(image, row, size));
        }
    }

    private void add(String image, int row, int size) {
        Spread spread =
                spreads.computeIfAbsent(image, _ -> new Spread(new IntCounts(), new TreeMap<>()));
        spread.kibibytes.add(row, size);
        spread.rowsBySize.merge(size, 1, Integer::sum);
    }

    private void remove(String image, int row, int size) {
        Spread spread = Objects.requireNonNull(spreads.get(image));
        spread.kibibytes.add(row, -size);
        spread.rowsBySize.merge(size, -1, (rows, less) -> rows + less == 0 ? null : rows + less);
        if (spread.rowsBySize.isEmpty()) {
            spreads.remove(image);
        }
    }

    /**
     * Where one image lies, and on how many rows in which size: one that was built anew has two.
     */
    private record Spread(IntCounts kibibytes, SortedMap<Integer, Integer> rowsBySize) {}
}
