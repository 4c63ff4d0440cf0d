package dev.gantry.state.request;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.apply.FieldTracking;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.apply.Writer;
import dev.gantry.state.definition.Conversion;
import dev.gantry.state.registry.Authorship;
import dev.gantry.state.registry.Moment;
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
    public Authorship authorship(Target target) {
        if (isApply) {
            return Authorship.UNCHANGED;
        }
        Scope scope = target.scope(subresource);
        Writer writer =
                Writer.updating(
                        options.manager(), target.version().kind().apiVersion(), subresource);
        Authorship authorship =
                (object, stored, moment) -> note(object, stored, scope, writer, moment);
        return target.version().isStored()
                ? authorship
                : converted(authorship, target.version().conversion());
    }

    private static void note(
            ObjectNode object,
            Optional<ObjectNode> stored,
            Scope scope,
            Writer writer,
            Moment moment) {
        if (stored.isPresent()) {
            FieldTracking.updated(object, stored.get(), scope, writer, moment.now());
        } else {
            FieldTracking.created(object, scope, writer, moment.now());
        }
    }

    /** Who set what is told in the version in which they set it. */
    private static Authorship converted(Authorship authorship, Conversion conversion) {
        return (object, stored, moment) -> {
            ObjectNode shown = conversion.fromStored(object.deepCopy());
            Optional<ObjectNode> before =
                    stored.map(each -> conversion.fromStored(each.deepCopy()));
            authorship.note(shown, before, moment);
            Trees.keep(
                    new Resource(object).mutableMetadata(),
                    new Resource(shown).mutableMetadata(),
                    "managedFields");
        };
    }
}
