package dev.gantry.scheduler.shell;

import dev.gantry.scheduler.shell.standby.LeaseKeeper;
import java.util.Optional;

/** Our part in the election, where there is one. */
record Standby(Optional<LeaseKeeper> keeper) implements AutoCloseable {
    void start() {
        keeper.ifPresent(LeaseKeeper::start);
    }

    @Override
    public void close() {
        keeper.ifPresent(LeaseKeeper::close);
    }
}
