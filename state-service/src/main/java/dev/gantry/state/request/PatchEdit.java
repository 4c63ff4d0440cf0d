package dev.gantry.state.request;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.state.patch.PatchType;
import dev.gantry.state.patch.Patched;
import dev.gantry.state.patch.Patches;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.TypeSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** One patch of any type but an apply, and what there is to warn of. Used by one thread. */
public final class PatchEdit implements Edit {
    private final Call call;
    private final PatchType type;
    private final GroupVersionKind kind;
    private final WriteOptions options;
    private final BodyReading bodies;
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * @param kind of what is patched: that of the call, or a Scale
     */
    public PatchEdit(
            Call call,
            PatchType type,
            GroupVersionKind kind,
            WriteOptions options,
            BodyReading bodies) {
        this.call = call;
        this.type = type;
        this.kind = kind;
        this.options = options;
        this.bodies = bodies;
    }

    /** Empty where the content type is none of a patch. */
    public static Judged<PatchType> type(Call call) {
        return Judged.present(
                PatchType.ofContentType(call.contentType()), Patches.unsupported(true));
    }

    public static Judged<WriteOptions> options(Call call, PatchType type) {
        return WriteOptions.ofPatch(call.query(), call.userAgent(), type);
    }

    /** Patches in the version of the request what is stored, maybe, in another. */
    @Override
    public Judged<ObjectNode> of(Resource stored, DecisionContext context) {
        return apply(call.current(stored.tree())).map(call.conversion()::toStored);
    }

    /**
     * @param current in the version of the request; stays as it is
     */
    public Judged<ObjectNode> apply(ObjectNode current) {
        return switch (Patches.apply(type, call.raw().body(), current, structure())) {
            case Patched.Refused(var why) -> Judged.refused(why);
            case Patched.Tree patched -> checked(patched);
        };
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private Optional<StructType> structure() {
        return call.catalog().of(kind).filter(TypeSchema::isBuiltin).map(TypeSchema::structure);
    }

    private Optional<byte[]> strategic() {
        return type == PatchType.STRATEGIC_MERGE
                ? Optional.of(call.raw().body())
                : Optional.empty();
    }

    private Judged<ObjectNode> checked(Patched.Tree patched) {
        return bodies.recheck(call, patched, kind, options, strategic())
                .map(
                        body -> {
                            warnings.addAll(body.warnings());
                            return body.tree();
                        });
    }
}
