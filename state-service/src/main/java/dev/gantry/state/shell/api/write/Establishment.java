package dev.gantry.state.shell.api.write;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.log.WatchCursor;
import dev.gantry.state.request.Done;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Answers who made a CustomResourceDefinition only once its names have been judged.
 *
 * <p>Compat: the answer itself has {@code conditions: null}, as upstream stores it, and {@code
 * kubectl wait} fails on such a one. Upstream's controller is as a rule faster than the client's
 * next request; here it always is.
 *
 * @param isFollowed whether somebody judges definitions
 */
public record Establishment(StateLog log, BooleanSupplier isFollowed) {
    private static final GroupResource DEFINITIONS = Kinds.CUSTOM_RESOURCE_DEFINITION.resource();
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Returns at once where anything else was made, or nothing was on trial. */
    Done awaited(Done done) throws InterruptedException {
        boolean concerns =
                done.stored().filter(made -> made.key().resource().equals(DEFINITIONS)).isPresent();
        if (concerns && isFollowed.getAsBoolean()) {
            awaitNews(done.stored().get());
        }
        return done;
    }

    private void awaitNews(StoredObject made) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        try (WatchCursor cursor = log.watch(DEFINITIONS, made.revision())) {
            long left = LIMIT.toNanos();
            while (left > 0 && isUnchanged(made)) {
                cursor.poll(Duration.ofNanos(left));
                left = end - System.nanoTime();
            }
        } catch (WatchCursor.TooOld | WatchCursor.Closed othersChangeMuch) {
            // What was made is old by now.
        }
    }

    private boolean isUnchanged(StoredObject made) {
        Optional<StoredObject> now = log.get(made.key());
        return now.filter(each -> each.revision().equals(made.revision())).isPresent();
    }
}
