package dev.gantry.state.apply;

import dev.gantry.model.condition.Conditions;
import dev.gantry.state.apply.ManagedFields.Entry;
import dev.gantry.state.schema.WrittenForm;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes in {@code metadata.managedFields} what creations, updates and patches set.
 *
 * <p>Compat: the field manager of apimachinery. An object whose {@code managedFields} were cleared
 * gets none by updates; the next apply begins anew.
 */
public final class FieldTracking {
    private static final String FIELD = "managedFields";

    private FieldTracking() {}

    /**
     * @param object changed in place: gets its {@code managedFields}
     */
    public static void created(ObjectNode object, Scope scope, FieldManager writer, Instant now) {
        ManagedFields sent = ManagedFields.sent(object).orElse(ManagedFields.NONE);
        ManagedFields.removeFrom(object);
        ObjectNode before = WrittenForm.empty(scope.type());
        noted(sent, new Differences(before, object, scope, writer), writer, now).putInto(object);
    }

    /**
     * @param updated changed in place: gets its {@code managedFields}
     * @param stored what it replaces; stays as it is
     */
    public static void updated(
            ObjectNode updated, ObjectNode stored, Scope scope, FieldManager writer, Instant now) {
        ManagedFields before = before(updated, stored, writer);
        ManagedFields.removeFrom(updated);
        if (before.isEmpty()) {
            return;
        }
        var differences = new Differences(withoutManagedFields(stored), updated, scope, writer);
        noted(before, differences, writer, now).putInto(updated);
    }

    /** Compat: what a client sends counts, except through a subresource. */
    private static ManagedFields before(
            ObjectNode updated, ObjectNode stored, FieldManager writer) {
        if (!writer.subresource().isEmpty()) {
            return ManagedFields.of(stored);
        }
        if (isReset(updated)) {
            return ManagedFields.NONE;
        }
        return ManagedFields.sent(updated)
                .filter(sent -> !sent.isEmpty())
                .orElseGet(() -> ManagedFields.of(stored));
    }

    /**
     * Compat: who only takes fields away keeps the time of the last one that was set, and who
     * scales an object through its subresource has none ({@code ScaleHandler.ToParent}).
     */
    private static ManagedFields noted(
            ManagedFields before, Differences differences, FieldManager writer, Instant now) {
        Comparison own = differences.in(writer.apiVersion());
        FieldSet left = before.of(writer).difference(own.removed()).union(own.changed());
        String then = before.entry(writer).map(Entry::time).orElse("");
        boolean isTimed = !own.changed().isEmpty() && !writer.isScaling();
        String time = isTimed ? Conditions.timestamp(now) : then;
        return ManagerLimit.enforce(
                before.takenFromOthers(writer, differences).with(new Entry(writer, time, left)));
    }

    /**
     * Keeps in an object that is to be brought to its stored form that its {@code managedFields}
     * shall be cleared: an empty list would be dropped, and a list of one empty entry means the
     * same.
     */
    public static void keepReset(ObjectNode object) {
        if (object.path("metadata").path(FIELD) instanceof ArrayNode list && list.isEmpty()) {
            list.addObject();
        }
    }

    private static boolean isReset(ObjectNode updated) {
        JsonNode sent = updated.path("metadata").path(FIELD);
        return sent instanceof ArrayNode list
                && (list.isEmpty() || list.size() == 1 && list.path(0).isEmpty());
    }

    /** The same tree, but for the fields. Cost: copies the entries of two objects. */
    static ObjectNode withoutManagedFields(ObjectNode object) {
        if (!(object.get("metadata") instanceof ObjectNode found) || !found.has(FIELD)) {
            return object;
        }
        ObjectNode bare = object.objectNode().setAll(object);
        ObjectNode named = object.objectNode().setAll(found);
        named.remove(FIELD);
        bare.set("metadata", named);
        return bare;
    }
}
