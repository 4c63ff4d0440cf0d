package dev.gantry.agent.shell.worker;

import org.jspecify.annotations.Nullable;

/**
 * How long a start may take: as long as it likes, until somebody ends the patience.
 *
 * <p>Only waits that may be broken off are entered here (a pull, a hook). The runtime's own steps
 * are not: containerd keeps a container whose start was cancelled in a state that nobody can leave.
 */
final class Patience {
    private @Nullable Thread waiting;
    private boolean isOver;

    /** Begins a wait that may be interrupted. Throws at once where the patience is over. */
    synchronized void enter() throws StartFailure {
        if (isOver) {
            throw new StartFailure("Canceled", "the pod ends");
        }
        waiting = Thread.currentThread();
    }

    synchronized void leave() {
        waiting = null;
        if (isOver) {
            Thread.interrupted();
        }
    }

    synchronized void end() {
        isOver = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    synchronized boolean isOver() {
        return isOver;
    }
}
