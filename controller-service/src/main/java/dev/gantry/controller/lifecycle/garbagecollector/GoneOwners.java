package dev.gantry.controller.lifecycle.garbagecollector;

import dev.gantry.model.meta.Uid;
import java.util.LinkedHashSet;

/**
 * Owners of which the feed told that they went, the latest ones. Any thread may ask and add.
 *
 * <p>Cost: an owner of ten thousand was looked up ten thousand times at the API, to no news: a uid
 * does not come back.
 */
final class GoneOwners {
    private static final int MOST = 1000;

    private final LinkedHashSet<Uid> uids = new LinkedHashSet<>();

    synchronized void add(Uid owner) {
        if (uids.add(owner) && uids.size() > MOST) {
            uids.removeFirst();
        }
    }

    synchronized boolean contains(Uid owner) {
        return uids.contains(owner);
    }
}
