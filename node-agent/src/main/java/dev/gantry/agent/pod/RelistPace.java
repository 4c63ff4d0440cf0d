package dev.gantry.agent.pod;

import dev.gantry.model.meta.Uid;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * When the states of all containers are listed, beside the events that tell of them: rarely while
 * events come, and every second where they may be missing. Not for several threads at once.
 *
 * <p>containerd gives an event to one listener, to the one that has waited longest. Listeners that
 * left still wait, and each takes one event with it; an event that comes means that none of them is
 * in front of us any more. A listing that shows what no event has told means that somebody is.
 */
public final class RelistPace {
    private static final int SECONDS_WHILE_EVENTS_COME = 10;

    private final Set<Uid> told = new HashSet<>();
    private boolean areEventsComing;

    /** We begin to listen, behind all who did before. */
    public void listening() {
        areEventsComing = false;
    }

    public void told(Uid pod) {
        areEventsComing = true;
        told.add(pod);
    }

    /**
     * @param second counted from any one on
     */
    public boolean isDue(long second, boolean hasPods) {
        return second % SECONDS_WHILE_EVENTS_COME == 0 || hasPods && !areEventsComing;
    }

    /**
     * @param changed pods of which something is not as it was in the listing before
     */
    public void listed(Collection<Uid> changed) {
        if (!told.containsAll(changed)) {
            areEventsComing = false;
        }
        told.clear();
    }
}
