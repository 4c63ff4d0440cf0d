package dev.gantry.state.request;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.apply.FieldManager;
import dev.gantry.state.apply.FieldTracking;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.definition.Conversion;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.registry.ManagedFieldsUpdate;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.strategy.Trees;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who writes how.
 *
 * @param verb that of the request
 * @param isApply whether the object comes with the notes on who set what: an apply keeps them
 */
public record Intent(
        Caller caller, String verb, WriteOptions options, String subresource, boolean isApply) {
    public static Intent of(Call call, WriteOptions options, String subresource) {
        return new Intent(call.caller(), call.request().verb(), options, subresource, false);
    }

    public Intent applying() {
        return new Intent(caller, verb, options, subresource, true);
    }

    /** Who is noted as having set what an update changes. */
    public ManagedFieldsUpdate authorship(Target target) {
        if (isApply) {
            return ManagedFieldsUpdate.UNCHANGED;
        }
        FieldManager writer =
                FieldManager.updating(
                        options.manager(), target.version().kind().apiVersion(), subresource);
        ManagedFieldsUpdate authorship =
                (object, stored, context) ->
                        note(
                                object,
                                stored,
                                target.scope(subresource, context.request()),
                                writer,
                                context);
        return target.version().isStored()
                ? authorship
                : converted(authorship, target.version().conversion());
    }

    private static void note(
            ObjectNode object,
            Optional<ObjectNode> stored,
            Scope scope,
            FieldManager writer,
            DecisionContext context) {
        if (stored.isPresent()) {
            FieldTracking.updated(object, stored.get(), scope, writer, context.now());
        } else {
            FieldTracking.created(object, scope, writer, context.now());
        }
    }

    /** Who set what is told in the version in which they set it. */
    private static ManagedFieldsUpdate converted(
            ManagedFieldsUpdate authorship, Conversion conversion) {
        return (object, stored, context) -> {
            ObjectNode shown = conversion.fromStored(object.deepCopy());
            Optional<ObjectNode> before =
                    stored.map(each -> conversion.fromStored(each.deepCopy()));
            authorship.note(shown, before, context);
            Trees.keep(
                    new Resource(object).mutableMetadata(),
                    new Resource(shown).mutableMetadata(),
                    "managedFields");
        };
    }
}
