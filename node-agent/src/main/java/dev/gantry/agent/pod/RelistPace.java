package dev.gantry.agent.pod;

import dev.gantry.model.meta.Uid;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * When the states of all containers are listed, beside the events that tell of them: rarely while
 * events come, and every second where they may be missing. Not for several threads at once.
 *
 * <p>containerd gives each event to one listener only, the one that has waited longest. Listeners
 * that have left still wait in that line, and each takes one event with it. So once an event comes,
 * none of them is ahead of us; and once a listing shows what no event told, one of them is.
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
