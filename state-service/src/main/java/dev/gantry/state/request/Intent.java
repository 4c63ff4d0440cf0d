package dev.gantry.state.request;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.apply.OwnershipTracking;
import dev.gantry.state.apply.Writer;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.registry.Authorship;
import dev.gantry.state.registry.Moment;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.strategy.Trees;
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
        Writer writer =
                Writer.updating(
                        options.manager(), target.version().kind().apiVersion(), subresource);
        return (object, stored, moment) ->
                stored.ifPresent(each -> note(object, each, target.version(), writer, moment));
    }

    /** Who set what is told in the version in which they set it. */
    private static void note(
            ObjectNode object,
            ObjectNode stored,
            ServedVersion version,
            Writer writer,
            Moment moment) {
        StructType structure = version.schema().structure();
        if (version.isStored()) {
            OwnershipTracking.note(object, stored, structure, writer, moment.now());
            return;
        }
        ObjectNode updated = version.conversion().fromStored(object.deepCopy());
        ObjectNode before = version.conversion().fromStored(stored.deepCopy());
        OwnershipTracking.note(updated, before, structure, writer, moment.now());
        Trees.keep(
                new Resource(object).mutableMetadata(),
                new Resource(updated).mutableMetadata(),
                "managedFields");
    }
}
