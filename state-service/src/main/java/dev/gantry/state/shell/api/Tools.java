package dev.gantry.state.shell.api;

import dev.gantry.model.fault.Bug;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.apply.OwnershipTracking;
import dev.gantry.state.apply.Writer;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.registry.Authorship;
import dev.gantry.state.registry.Target;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.view.View;

/** What every write needs. */
record Tools(
        StateLog log, Bodies bodies, Rendering rendering, Moments moments, ServiceLedger ledger) {
    View live() {
        return new View.Live(log);
    }

    /** Who is noted as having set what an update changes. */
    Authorship authorship(Writes.Intent intent, Target target) {
        if (intent.isApply()) {
            return Authorship.UNCHANGED;
        }
        Writer writer =
                Writer.updating(
                        intent.options().manager(),
                        target.kind().apiVersion(),
                        intent.subresource());
        return (object, stored, moment) ->
                stored.ifPresent(
                        each ->
                                OwnershipTracking.note(
                                        object, each, type(target.kind()), writer, moment.now()));
    }

    static StructType type(Kind kind) {
        return Schema.builtin()
                .of(KindName.of(kind))
                .orElseThrow(() -> new Bug("no schema of " + kind.kindName()));
    }
}
