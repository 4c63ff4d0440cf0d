package dev.gantry.state.shell.api.write;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.apply.OwnershipTracking;
import dev.gantry.state.apply.Writer;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.registry.Authorship;
import dev.gantry.state.registry.Moment;
import dev.gantry.state.registry.Registry;
import dev.gantry.state.registry.Target;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.strategy.Trees;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What every write needs. */
public record Tools(
        StateLog log,
        Supplier<ResourceCatalog> catalog,
        Bodies bodies,
        Rendering rendering,
        Moments moments,
        ServiceLedger ledger,
        Registry registry,
        Commits commits) {
    /** Who is noted as having set what an update changes. */
    public Authorship authorship(Writes.Intent intent, Target target) {
        if (intent.isApply()) {
            return Authorship.UNCHANGED;
        }
        Writer writer =
                Writer.updating(
                        intent.options().manager(),
                        target.version().kind().apiVersion(),
                        intent.subresource());
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
