package dev.gantry.state.apply;

import dev.gantry.state.apply.ManagedFields.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bounds the number of entries of updates: the oldest are merged into one for each version.
 *
 * <p>Compat: {@code capManagersManager} of apimachinery. The oldest of a version becomes the
 * bucket, and takes the next ones in, with their times.
 */
final class ManagerLimit {
    private static final int MOST_UPDATERS = 10;
    private static final String BUCKET = "ancient-changes";
    private static final Comparator<Entry> BY_AGE =
            Comparator.comparing(Entry::time)
                    .thenComparing(each -> each.writer().manager())
                    .thenComparing(each -> each.writer().apiVersion())
                    .thenComparing(each -> each.writer().subresource());

    private ManagerLimit() {}

    static ManagedFields enforce(ManagedFields managed) {
        List<Entry> updaters =
                managed.entries().stream()
                        .filter(each -> !each.writer().isApplying())
                        .sorted(BY_AGE)
                        .toList();
        int surplus = updaters.size() - MOST_UPDATERS;
        if (surplus <= 0) {
            return managed;
        }
        List<Entry> kept = new ArrayList<>(managed.entries());
        Map<String, Entry> oldest = new TreeMap<>();
        for (Entry each : updaters) {
            String version = each.writer().apiVersion();
            Entry bucket = oldest.get(version);
            if (surplus == 0) {
                break;
            }
            if (bucket == null) {
                oldest.put(version, each);
                continue;
            }
            Entry merged =
                    new Entry(
                            FieldManager.updating(BUCKET, version, ""),
                            each.time(),
                            each.fields().union(bucket.fields()));
            kept.remove(each);
            kept.remove(bucket);
            kept.add(merged);
            oldest.put(version, merged);
            surplus--;
        }
        return new ManagedFields(kept);
    }
}
