package dev.gantry.state.apply;

import dev.gantry.state.schema.StructType;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes what updates and patches change in objects that are applied server-side.
 *
 * <p>Invariant: an object without {@code managedFields} gets none here. Unlike upstream, only the
 * first apply begins the book; what was there before then belongs to {@code before-first-apply}.
 *
 * <p>Cost: so a plain create or update pays one look at a field; upstream pays a walk of the
 * object.
 */
public final class OwnershipTracking {
    private OwnershipTracking() {}

    /**
     * @param updated changed in place: gets its {@code managedFields}
     * @param stored what it replaces, as stored
     */
    public static void note(
            ObjectNode updated, ObjectNode stored, StructType type, Writer writer, Instant now) {
        ManagedFields before = ManagedFields.of(stored);
        if (before.isEmpty() || isReset(updated)) {
            remove(updated);
            return;
        }
        Node root = Node.root(type);
        ObjectNode old = stored.deepCopy();
        remove(old);
        remove(updated);
        Comparison difference = Comparison.of(old, updated, root);
        FieldSet unowned = Unowned.by(writer);
        FieldSet changed = difference.changed().without(unowned);
        FieldSet own = before.of(writer).difference(difference.removed()).union(changed);
        before.takenFromOthers(writer, changed.union(difference.removed()))
                .with(writer, own, now)
                .putInto(updated);
    }

    /**
     * Compat: a client clears the book by sending an empty list, or a list with one empty entry.
     */
    private static boolean isReset(ObjectNode updated) {
        JsonNode sent = updated.at("/metadata/managedFields");
        return sent instanceof ArrayNode list
                && (list.isEmpty() || list.size() == 1 && list.get(0).isEmpty());
    }

    private static void remove(ObjectNode object) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
    }
}
