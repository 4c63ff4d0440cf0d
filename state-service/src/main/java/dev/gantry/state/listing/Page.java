package dev.gantry.state.listing;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One page of a list.
 *
 * @param resume the token for the next page, empty at the end
 * @param remaining how many follow, where that is known
 */
public record Page(
        Revision revision, List<StoredObject> objects, String resume, OptionalLong remaining) {
    /**
     * Cuts a page out of a snapshot.
     *
     * @param limit zero for no limit
     * @param afterPath where the page before ended, empty at the start
     */
    public static Page of(
            StateLog.Snapshot snapshot, Selection selection, long limit, String afterPath) {
        List<StoredObject> all = snapshot.objects();
        int start = afterPath.isEmpty() ? 0 : firstAfter(all, afterPath);
        if (limit <= 0 && start == 0 && selection.isEverything()) {
            return new Page(snapshot.revision(), all, "", OptionalLong.empty());
        }
        List<StoredObject> chosen = new ArrayList<>();
        int left = all.size() - start;
        for (StoredObject each : all.subList(start, all.size())) {
            if (selection.selects(each)) {
                if (limit > 0 && chosen.size() == limit) {
                    String last = chosen.getLast().key().path();
                    // Compat: with a selector nobody knows how many of the rest it selects.
                    OptionalLong remaining =
                            selection.isEverything() ? OptionalLong.of(left) : OptionalLong.empty();
                    String resume = new ContinueToken(snapshot.revision(), last).encode();
                    return new Page(snapshot.revision(), chosen, resume, remaining);
                }
                chosen.add(each);
            }
            left--;
        }
        return new Page(snapshot.revision(), chosen, "", OptionalLong.empty());
    }

    /** Invariant: the snapshot is in key order, within one resource: namespace, then name. */
    private static int firstAfter(List<StoredObject> objects, String path) {
        int low = 0;
        int high = objects.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (comparePath(objects.get(middle), path) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int comparePath(StoredObject object, String path) {
        int slash = path.indexOf('/');
        String namespace = slash < 0 ? "" : path.substring(0, slash);
        int byNamespace = object.key().namespace().compareTo(namespace);
        return byNamespace != 0
                ? byNamespace
                : object.key().name().compareTo(path.substring(slash + 1));
    }
}
