package dev.gantry.state.shell.catalog;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.WatchCursor;
import java.time.Duration;

/**
 * What the state service's own controllers follow, change and ask.
 *
 * @param readiness of the log
 */
public record Dependencies(
        StateLog log, CurrentCatalog catalog, Instances instances, Readiness readiness) {
    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(20);

    /** Waits until there is something to read; false where the limit passed first. */
    @FunctionalInterface
    public interface Readiness {
        boolean await(Duration limit) throws InterruptedException;
    }

    /** Returns once there is something to read, or the loop is closed. */
    public void awaitReady(Loop loop) throws InterruptedException {
        boolean isReady = false;
        while (!isReady && !loop.isClosed()) {
            isReady = readiness.await(NEXT_LOOK);
        }
    }

    /**
     * Waits until an object of the resource has changed since it was listed.
     *
     * @return false where none has
     */
    public boolean awaitChange(
            GroupResource resource, StateLog.Snapshot listed, Duration atMost, Loop loop)
            throws InterruptedException {
        try (WatchCursor cursor = log.watch(resource, listed.revision())) {
            return !cursor.poll(atMost).isEmpty();
        } catch (WatchCursor.TooOld | WatchCursor.Closed gone) {
            loop.pause(MOMENT);
            return true;
        }
    }
}
