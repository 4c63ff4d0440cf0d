package dev.gantry.scheduler.snapshot;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which container images lie on which rows. Only the owning snapshot changes it. */
public final class Images {
    private static final IntCounts NOWHERE = new IntCounts();

    private final Map<String, IntCounts> kibibytes = new HashMap<>();

    /** The size of the image in KiB on each row that has it. */
    public IntCounts of(String image) {
        return kibibytes.getOrDefault(image, NOWHERE);
    }

    /** The node on the row was like {@code before} and is like {@code now}; null is no node. */
    void changed(int row, @Nullable NodeFacts before, @Nullable NodeFacts now) {
        if (before != null && now != null && before.images().equals(now.images())) {
            return;
        }
        if (before != null) {
            before.images().forEach((image, size) -> add(image, row, -size));
        }
        if (now != null) {
            now.images().forEach((image, size) -> add(image, row, size));
        }
    }

    private void add(String image, int row, int size) {
        IntCounts sizes = kibibytes.computeIfAbsent(image, _ -> new IntCounts());
        sizes.add(row, size);
        if (sizes.size() == 0) {
            kibibytes.remove(image);
        }
    }

    /** Name to KiB, of a node's status. */
    static SortedMap<String, Integer> onNode(JsonNode images) {
        SortedMap<String, Integer> found = new TreeMap<>();
        for (JsonNode image : images) {
            int kibibytes = Math.clamp(image.path("sizeBytes").asLong(0) >> 10, 0, 1 << 30);
            if (kibibytes > 0) {
                image.path("names").forEach(each -> found.put(each.asString(""), kibibytes));
            }
        }
        return found;
    }
}
