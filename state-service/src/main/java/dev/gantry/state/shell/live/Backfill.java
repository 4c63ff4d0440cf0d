package dev.gantry.state.shell.live;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEvent;
import java.util.List;
import java.util.Optional;

/** Reads events that the ring no longer holds. */
@FunctionalInterface
public interface Backfill {
    /**
     * At most {@code most} events of {@code resource} after {@code after} and not past {@code
     * upTo}, in order; empty where the log no longer (or just now cannot) tell.
     */
    Optional<List<LogEvent>> read(GroupResource resource, Revision after, Revision upTo, int most);

    /** For a state that has no log to look into. */
    static Backfill none() {
        return (_, _, _, _) -> Optional.empty();
    }
}
