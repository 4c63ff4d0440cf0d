package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.log.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Trees on their way into the log. */
final class Trees {
    private Trees() {}

    /** The creation of {@code object}. */
    static Decision create(Target target, Resource object, DecisionContext context) {
        return commit(target, object, Revision.NONE, context);
    }

    /** The step from {@code stored} to {@code updated}; none where they say the same. */
    static Decision commit(
            Target target, Resource updated, Resource stored, DecisionContext context) {
        if (saysTheSame(updated.tree(), stored.tree())) {
            return new Decision.Unchanged(stored);
        }
        return commit(target, updated, stored.revision(), context);
    }

    private static Decision commit(
            Target target, Resource object, Revision previous, DecisionContext context) {
        Change change =
                new Change(
                        object.key(target.resource()),
                        previous,
                        Optional.of(object),
                        context.actor(),
                        context.now());
        return new Decision.Commit(change, object);
    }

    /** Empty where there is no error. */
    static Optional<Refusal> invalid(Target target, String name, List<FieldError> errors) {
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.Invalid(
                                target.kind().group(), target.kind().kindName(), name, errors));
    }

    /** Compat: a write that changes nothing but the times of managed fields is no write. */
    private static boolean saysTheSame(ObjectNode updated, ObjectNode stored) {
        JsonNode before = stored.path("metadata").path("managedFields");
        JsonNode after = updated.path("metadata").path("managedFields");
        if (!areSame(before, after)) {
            return false;
        }
        for (ObjectNode each : List.of(updated, stored)) {
            for (var field : each.properties()) {
                String name = field.getKey();
                boolean same =
                        name.equals("metadata")
                                ? sameMetadata(updated, stored)
                                : updated.path(name).equals(stored.path(name));
                if (!same) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean sameMetadata(ObjectNode updated, ObjectNode stored) {
        return bare(updated.path("metadata")).equals(bare(stored.path("metadata")));
    }

    private static JsonNode bare(JsonNode metadata) {
        if (!(metadata instanceof ObjectNode object)) {
            return metadata;
        }
        ObjectNode copy = object.objectNode();
        copy.setAll(object);
        copy.remove(List.of("managedFields", "resourceVersion"));
        return copy;
    }

    private static boolean areSame(JsonNode before, JsonNode after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!isSameEntry(before.path(i), after.path(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSameEntry(JsonNode before, JsonNode after) {
        Set<String> fields = new TreeSet<>(before.propertyNames());
        fields.addAll(after.propertyNames());
        fields.remove("time");
        return fields.stream().allMatch(each -> before.path(each).equals(after.path(each)));
    }
}
