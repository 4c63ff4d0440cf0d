package dev.gantry.state.apply;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.apply.ManagedFields.Entry;
import dev.gantry.state.schema.WrittenForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies a configuration to an object: merge, note the new owner, remove what it left out, and
 * refuse if another manager's field would change.
 */
public final class ServerSideApply {
    /** Owns what was there before anyone applied. */
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    private final Scope scope;
    private final Node root;
    private final Instant now;

    public ServerSideApply(Scope scope, Instant now) {
        this.scope = scope;
        this.root = scope.root();
        this.now = now;
    }

    /**
     * @param forces takes fields over instead of refusing
     */
    public record Request(ObjectNode config, FieldManager writer, boolean forces) {}

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
        FieldManager writer = request.writer();
        ManagedFields before = known(live, request);
        ObjectNode bare = FieldTracking.withoutManagedFields(live);
        ObjectNode merged = (ObjectNode) Merging.merge(bare, request.config(), root);
        FieldSet wanted = StrippedFields.drop(Fields.of(request.config(), root), scope);
        FieldSet left = before.with(writer, wanted, now).all();
        Pruning.prune(merged, root, before.of(writer), left);
        Differences differences = new Differences(bare, merged, scope, writer);
        List<Conflict> conflicts = standing(request, bare, conflicts(before, writer, differences));
        if (!conflicts.isEmpty()) {
            return Judged.refused(Conflict.refusal(conflicts));
        }
        boolean isSame = differences.areNone() && !root.holdsUnwritten(merged);
        String time =
                isSame || writer.isScaling() ? timeOf(before, writer) : Conditions.timestamp(now);
        before.with(new Entry(writer, time, wanted))
                .takenFromOthers(writer, differences)
                .putInto(merged);
        if (isKubectl(writer)) {
            LastApplied.update(merged, request.config());
        }
        return Judged.of(merged);
    }

    /** Compat: who applies what is there already has no time, or keeps the one of then. */
    private static String timeOf(ManagedFields before, FieldManager writer) {
        return before.entry(writer).map(Entry::time).orElse("");
    }

    private ManagedFields known(ObjectNode live, Request request) {
        ManagedFields known = ManagedFields.of(live);
        if (!known.isEmpty() || live.isEmpty()) {
            return known;
        }
        FieldManager writer = request.writer();
        FieldManager before =
                FieldManager.updating(
                        BEFORE_FIRST_APPLY, writer.apiVersion(), writer.subresource());
        FieldSet made = Comparison.of(WrittenForm.empty(scope.type()), live, root).changed();
        return known.with(before, StrippedFields.drop(made, scope), now);
    }

    /** The conflicts that neither force nor kubectl's own former applies settle. */
    private List<Conflict> standing(Request request, ObjectNode live, List<Conflict> conflicts) {
        if (conflicts.isEmpty() || request.forces()) {
            return List.of();
        }
        if (!isKubectl(request.writer())) {
            return conflicts;
        }
        FieldSet allowed = LastApplied.untouched(live, root);
        return conflicts.stream()
                .map(each -> new Conflict(each.writer(), each.fields().difference(allowed)))
                .filter(each -> !each.fields().isEmpty())
                .toList();
    }

    private static boolean isKubectl(FieldManager writer) {
        return writer.manager().equals("kubectl");
    }

    private static List<Conflict> conflicts(
            ManagedFields managed, FieldManager writer, Differences differences) {
        List<Conflict> conflicts = new ArrayList<>();
        for (Entry each : managed.entries()) {
            FieldManager other = each.writer();
            FieldSet both =
                    each.fields().intersection(differences.in(other.apiVersion()).changed());
            if (!other.isSameAs(writer) && !both.isEmpty()) {
                conflicts.add(new Conflict(other, both));
            }
        }
        return conflicts;
    }
}
