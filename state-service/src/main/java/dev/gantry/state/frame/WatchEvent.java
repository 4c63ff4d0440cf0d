package dev.gantry.state.frame;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.listing.Selection;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.StoredObject;
import java.util.Optional;

/**
 * One event as one watcher sees it.
 *
 * @param object what goes out; where {@link #isRestamped()}, with {@code revision} in place of its
 *     own
 */
public record WatchEvent(Type type, StoredObject object, Revision revision) {
    /**
     * Whether the object's own bytes carry another revision than the event.
     *
     * <p>Compat: an object that left the selection is sent as it was when it was still in it, but
     * with the revision at which it left, so that a watcher resumes from there.
     */
    public boolean isRestamped() {
        return !object.revision().equals(revision);
    }

    /** Empty where the watcher shall not hear of it. */
    public static Optional<WatchEvent> of(LogEvent event, Selection selection) {
        boolean isNow = event.type() != Type.DELETED && selection.selects(event.object());
        boolean was = event.before().filter(selection::selects).isPresent();
        if (isNow) {
            Type type = was ? Type.MODIFIED : Type.ADDED;
            return Optional.of(new WatchEvent(type, event.object(), event.revision()));
        }
        if (!was) {
            return Optional.empty();
        }
        StoredObject last =
                event.type() == Type.DELETED ? event.object() : event.before().orElseThrow();
        return Optional.of(new WatchEvent(Type.DELETED, last, event.revision()));
    }
}
