package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a definition goes: its objects first.
 *
 * <pre>
 *   deleted -> InstanceDeletionPending -> InstanceDeletionInProgress -> no object left -> gone
 * </pre>
 *
 * <p>Compat: {@code crd_finalizer} and the storage of apiextensions-apiserver.
 */
public final class Termination {
    public static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
    private static final String TYPE = "Terminating";

    private Termination() {}

    static void begin(ObjectNode marked, Instant now) {
        ObjectNode metadata = Resource.child(marked, "metadata");
        ArrayNode finalizers =
                metadata.path("finalizers") instanceof ArrayNode found
                        ? found
                        : metadata.putArray("finalizers");
        if (!new Resource(marked).finalizers().contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }
        set(
                marked,
                "True",
                "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin"
                        + " soon",
                now);
    }

    /** Whether no more objects are made. */
    public static boolean hasBegun(JsonNode definition) {
        return Conditions.isTrue(definition.path("status").path("conditions"), TYPE);
    }

    /** Whether it waits for its objects to go. */
    public static boolean isAwaited(Resource definition) {
        return definition.isBeingDeleted() && definition.finalizers().contains(FINALIZER);
    }

    /** A copy that says that objects are being deleted. */
    public static ObjectNode inProgress(Resource definition, Instant now) {
        ObjectNode tree = definition.copy().tree();
        set(
                tree,
                "True",
                "InstanceDeletionInProgress",
                "CustomResource deletion is in progress",
                now);
        return tree;
    }

    /** A copy that nothing keeps any more. */
    public static ObjectNode ended(Resource definition) {
        Resource copy = definition.copy();
        List<String> kept =
                copy.finalizers().stream().filter(each -> !each.equals(FINALIZER)).toList();
        ArrayNode finalizers = copy.mutableMetadata().putArray("finalizers");
        kept.forEach(finalizers::add);
        return copy.tree();
    }

    private static void set(
            ObjectNode definition, String status, String reason, String message, Instant now) {
        ObjectNode target = Resource.child(definition, "status");
        ArrayNode conditions =
                target.path("conditions") instanceof ArrayNode found
                        ? found
                        : target.putArray("conditions");
        Conditions.set(conditions, new Conditions.Wanted(TYPE, status, reason, message), now);
    }
}
