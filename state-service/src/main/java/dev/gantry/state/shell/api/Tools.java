package dev.gantry.state.shell.api;

import dev.gantry.state.log.StateLog;
import dev.gantry.state.registry.Authorship;
import dev.gantry.state.registry.Target;
import dev.gantry.state.view.View;

/** What every write needs. */
record Tools(
        StateLog log, Bodies bodies, Rendering rendering, Moments moments, ServiceLedger ledger) {
    View live() {
        return new View.Live(log);
    }

    Authorship authorship(Writes.Intent intent, Target target) {
        return Authorship.UNCHANGED;
    }
}
