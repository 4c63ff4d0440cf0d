package dev.gantry.scheduler.shell;

import dev.gantry.scheduler.shell.standby.LeaseKeeper;
import dev.gantry.scheduler.shell.standby.ProfileBoard;
import java.util.Optional;

/** Our part in the election, where there is one, and what we make known when we lead. */
record Standby(Optional<LeaseKeeper> keeper, Optional<ProfileBoard> board)
        implements AutoCloseable {
    void start() {
        board.ifPresent(ProfileBoard::start);
        keeper.ifPresent(LeaseKeeper::start);
    }

    @Override
    public void close() {
        keeper.ifPresent(LeaseKeeper::close);
        board.ifPresent(ProfileBoard::close);
    }
}
