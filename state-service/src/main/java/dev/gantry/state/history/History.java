package dev.gantry.state.history;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * Reads the past. Leases have none; Events are told as far back as Events are kept.
 *
 * <p>Faults of the database come as exceptions: there is no memory of the past to answer from.
 */
public interface History {
    PointInTime find(HistoryPoint moment);

    /** The object as {@code at} left it; empty where there was none. */
    Optional<StoredObject> get(ObjectKey key, Revision at);

    /**
     * In key order.
     *
     * @param namespace empty for all
     */
    List<StoredObject> list(GroupResource resource, String namespace, Revision at);
}
