package dev.gantry.state.apply;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.apply.ManagedFields.Entry;
import dev.gantry.state.schema.StructType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies a configuration to an object: merge, note the new owner, remove what it left out, and
 * refuse if another manager's field would change.
 */
public final class ServerSideApply {
    /** Owns what was there before anyone applied. */
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    private final Node root;
    private final Instant now;

    /**
     * @param type of the object; {@code Schema.custom()} for kinds that are not built in
     */
    public ServerSideApply(StructType type, Instant now) {
        this.root = Node.root(type);
        this.now = now;
    }

    /**
     * @param forces takes fields over instead of refusing
     */
    public record Request(ObjectNode config, Writer writer, boolean forces) {}

    /** The object that an apply creates. */
    public Judged<ObjectNode> create(Request request) {
        return apply(JsonNodeFactory.instance.objectNode(), request);
    }

    /**
     * {@code live} stays as it is. The tree is the receiver's own; without defaults, and not yet
     * validated.
     */
    public Judged<ObjectNode> apply(ObjectNode live, Request request) {
        if (request.config().at("/metadata/managedFields").isArray()) {
            return Judged.refused(new Refusal.BadRequest("metadata.managedFields must be nil"));
        }
        Writer writer = request.writer();
        ManagedFields before = known(live, request);
        ObjectNode bare = withoutManagedFields(live);
        ObjectNode merged = (ObjectNode) Merging.merge(bare, request.config(), root);
        FieldSet wanted = Fields.of(request.config(), root).without(Unowned.by(writer));
        ManagedFields after = before.with(writer, wanted, now);
        Pruning.prune(merged, root, before.of(writer), after.all());
        Comparison difference = Comparison.of(bare, merged, root);
        FieldSet changed = difference.changed().without(Unowned.by(writer));
        List<Conflict> conflicts = conflicts(after, writer, changed);
        if (!conflicts.isEmpty() && !mayTakeOver(request, bare, conflicts)) {
            return Judged.refused(Conflict.refusal(conflicts));
        }
        after.takenFromOthers(writer, changed.union(difference.removed())).putInto(merged);
        return Judged.of(merged);
    }

    private ManagedFields known(ObjectNode live, Request request) {
        ManagedFields known = ManagedFields.of(live);
        if (!known.isEmpty() || live.isEmpty()) {
            return known;
        }
        Writer before =
                Writer.updating(
                        BEFORE_FIRST_APPLY,
                        live.path("apiVersion").asString(request.writer().apiVersion()),
                        "");
        return known.with(before, Fields.of(live, root).without(Unowned.by(before)), now);
    }

    private boolean mayTakeOver(Request request, ObjectNode live, List<Conflict> conflicts) {
        if (request.forces()) {
            return true;
        }
        if (!request.writer().manager().equals("kubectl")) {
            return false;
        }
        FieldSet allowed = LastApplied.untouched(live, root);
        return conflicts.stream().allMatch(each -> each.fields().difference(allowed).isEmpty());
    }

    private static List<Conflict> conflicts(
            ManagedFields managed, Writer writer, FieldSet changed) {
        List<Conflict> conflicts = new ArrayList<>();
        for (Entry each : managed.entries()) {
            FieldSet both = each.fields().intersection(changed);
            if (!each.writer().isSameAs(writer) && !both.isEmpty()) {
                conflicts.add(new Conflict(each.writer(), both));
            }
        }
        return conflicts;
    }

    private static ObjectNode withoutManagedFields(ObjectNode live) {
        ObjectNode bare = live.deepCopy();
        Optional<JsonNode> metadata = Optional.ofNullable(bare.get("metadata"));
        if (metadata.orElse(null) instanceof ObjectNode object) {
            object.remove("managedFields");
        }
        return bare;
    }
}
