package dev.gantry.state.view;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.history.History;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import java.util.List;
import java.util.Optional;

/** A world to read from. */
public sealed interface View {
    Optional<StoredObject> get(ObjectKey key);

    /**
     * In key order.
     *
     * @param namespace empty for all
     */
    StateLog.Snapshot list(GroupResource resource, String namespace);

    /** The cluster as it is now: each call may see a later moment than the one before. */
    record Live(StateLog log) implements View {
        @Override
        public Optional<StoredObject> get(ObjectKey key) {
            return log.get(key);
        }

        @Override
        public StateLog.Snapshot list(GroupResource resource, String namespace) {
            return log.list(resource, namespace);
        }
    }

    /**
     * Objects of one resource that are made for the request, in key order: no log has them, and
     * they belong to no revision.
     */
    record Made(List<StoredObject> objects) implements View {
        @Override
        public Optional<StoredObject> get(ObjectKey key) {
            return objects.stream().filter(each -> each.key().equals(key)).findFirst();
        }

        @Override
        public StateLog.Snapshot list(GroupResource resource, String namespace) {
            return new StateLog.Snapshot(Revision.NONE, objects);
        }
    }

    /** The cluster as it was right after {@code moment} was committed: every call sees the same. */
    record AsOf(Revision moment, History history) implements View {
        @Override
        public Optional<StoredObject> get(ObjectKey key) {
            return history.get(key, moment);
        }

        @Override
        public StateLog.Snapshot list(GroupResource resource, String namespace) {
            return new StateLog.Snapshot(moment, history.list(resource, namespace, moment));
        }
    }
}
