package dev.gantry.state.shell.api.read;

import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.shell.api.reply.Refused;
import java.time.Duration;

/** Waits for revisions that a client has heard of and this replica perhaps has not. */
public final class Freshness {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private Freshness() {}

    public static void await(StateLog log, Revision wanted) throws InterruptedException {
        if (wanted.isAfter(log.revision()) && !log.awaitRevision(wanted, LIMIT)) {
            throw new Refused(new Refusal.TooLargeVersion(wanted, log.revision()));
        }
    }
}
