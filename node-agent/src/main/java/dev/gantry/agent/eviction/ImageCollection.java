package dev.gantry.agent.eviction;

import dev.gantry.agent.eviction.Measurements.Disk;
import dev.gantry.agent.runtime.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * Which images go when the disk fills up.
 *
 * <p>Compat: kubelet's {@code image_gc_manager.go}: above 85 % the least recently used ones go
 * until 80 % would be reached, and all of them while inodes are short; never one in use, pinned, or
 * seen for less than two minutes.
 */
public final class ImageCollection {
    private static final int HIGH_PERCENT = 85;
    private static final int LOW_PERCENT = 80;
    private static final Duration MINIMUM_AGE = Duration.ofMinutes(2);

    private ImageCollection() {}

    /**
     * @param inUse ids of the images that containers use
     * @param firstSeen by image id
     * @param lastUse by image id: when it was first seen or last used
     */
    public record NodeImages(
            List<Image> images,
            Set<String> inUse,
            SortedMap<String, Instant> firstSeen,
            SortedMap<String, Instant> lastUse) {
        boolean isOld(Image image, Instant now) {
            Instant seen = firstSeen.getOrDefault(image.id(), Instant.EPOCH);
            return seen.plus(MINIMUM_AGE).isBefore(now);
        }

        Instant lastUseOf(Image image) {
            return lastUse.getOrDefault(image.id(), Instant.EPOCH);
        }
    }

    public static List<Image> toRemove(NodeImages present, Disk disk, Instant now) {
        long mustFree = mustFree(disk);
        if (mustFree <= 0) {
            return List.of();
        }
        List<Image> candidates =
                present.images().stream()
                        .filter(each -> !each.isPinned() && !present.inUse().contains(each.id()))
                        .filter(each -> present.isOld(each, now))
                        .sorted(Comparator.comparing(present::lastUseOf).thenComparing(Image::id))
                        .toList();
        List<Image> chosen = new ArrayList<>();
        for (Image each : candidates) {
            if (mustFree <= 0) {
                break;
            }
            chosen.add(each);
            mustFree -= each.sizeBytes();
        }
        return chosen;
    }

    /** How many bytes; without an end where files are what is too many. */
    private static long mustFree(Disk disk) {
        if (EvictionPolicy.isShortOfInodes(disk)) {
            return Long.MAX_VALUE;
        }
        long total = disk.space().totalBytes();
        long used = total - disk.space().availableBytes();
        boolean isFull = total > 0 && used * 100 >= total * HIGH_PERCENT;
        return isFull ? used - total / 100 * LOW_PERCENT : 0;
    }
}
