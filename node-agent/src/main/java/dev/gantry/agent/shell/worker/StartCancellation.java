package dev.gantry.agent.shell.worker;

import org.jspecify.annotations.Nullable;

/**
 * Lets the start of a container be broken off when its pod ends.
 *
 * <p>Only waits that may be broken off are entered here (a pull, a hook). The runtime's own steps
 * are not: containerd keeps a container whose start was cancelled in a state that it never leaves.
 */
final class StartCancellation {
    private @Nullable Thread waiting;
    private boolean isCancelled;

    /** Begins a wait that may be interrupted. Throws at once where the start was cancelled. */
    synchronized void enter() throws StartFailure {
        if (isCancelled) {
            throw new StartFailure("Canceled", "the pod ends");
        }
        waiting = Thread.currentThread();
    }

    synchronized void leave() {
        waiting = null;
        if (isCancelled) {
            Thread.interrupted();
        }
    }

    synchronized void cancel() {
        isCancelled = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    synchronized boolean isCancelled() {
        return isCancelled;
    }
}
