package dev.gantry.state.shell.postgres;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.commit.Batch;
import dev.gantry.state.commit.Proposal;
import dev.gantry.state.commit.Sequencer;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.OutcomeUnknown;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.shell.live.LiveState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that numbers and commits.
 *
 * <p>Group commit without a timer: while one batch is being fsynced the next one fills.
 *
 * <pre>
 *   waiting ──lease taken, state loaded──► leading ──batch──► leading
 *      ▲                                      │ connection lost
 *      │ another epoch                        ▼
 *      └──────────────────────────────── cut off: reads go on, writes are refused; the batch whose
 *                                        outcome is unknown waits
 *                                             │ lease taken again, epoch was still ours
 *                                             ▼
 *                                        the log says whether that batch is in it ──► leading
 * </pre>
 */
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String STOPPING = "the state service is stopping";

    private final DataSource database;
    private final LiveState live;
    private final WriteQueue queue;
    private final CommitListener listener;
    private final StateLoader loader;
    private final BatchWriter writer;
    private final WriteLease lease;
    private final ResourceTraits traits;
    private final Loop loop = new Loop("committer", this::run);

    private long epoch;
    private Revision last = Revision.NONE;
    private Revision lastDurable = Revision.NONE;
    private Instant lastTime = Instant.EPOCH;
    private @Nullable InFlight inFlight;
    private boolean isAway;
    private volatile Revision told = Revision.NONE;
    private volatile Revision restored = Revision.NONE;

    /** A batch that was sent and not confirmed. */
    private record InFlight(Batch batch, List<Submission> groups) {}

    /** What the committer works on and with. */
    record Parts(
            DataSource database,
            LiveState live,
            WriteQueue queue,
            RowCodec codec,
            CommitListener listener) {}

    Committer(Parts parts, String holder) {
        this.database = parts.database();
        this.live = parts.live();
        this.queue = parts.queue();
        this.listener = parts.listener();
        this.loader = new StateLoader(parts.codec());
        this.writer = new BatchWriter(parts.codec());
        this.lease = new WriteLease(holder);
        this.traits = parts.codec().traits();
    }

    void start() {
        loop.start();
    }

    /** Up to here the history may be another one than others know: the database was restored. */
    Revision restored() {
        return restored;
    }

    /**
     * Others were told of this number and the log does not hold it, so the database was restored:
     * the term ends, and the next one begins with numbers far ahead.
     */
    void contradict(Revision unknown) {
        told = unknown;
    }

    /** Lets the batch that is under way end: an interrupt would cut its connection. */
    void close() {
        loop.closeGently(PATIENCE);
        queue.close(STOPPING);
        if (inFlight != null) {
            var lost = new OutcomeUnknown("stopped before the outcome was known");
            inFlight.groups().forEach(each -> each.outcome().completeExceptionally(lost));
        }
    }

    private void run() throws InterruptedException {
        Schema.migrate(database);
        do {
            tryToLead();
        } while (loop.pause(RETRY));
    }

    private void tryToLead() throws InterruptedException {
        try (Connection connection = database.getConnection()) {
            Session.prepare(connection);
            try {
                Optional<WriteLease.Grant> grant =
                        lease.take(connection, new WriteLease.Known(last, told));
                if (grant.isPresent()) {
                    takeOver(connection, grant.get());
                    Session.prepareForBatches(connection);
                    lead(connection);
                } else if (lease.isOverruled(connection, epoch)) {
                    forgetTerm();
                    listener.onOverruled();
                }
            } finally {
                Session.leave(connection);
            }
        } catch (SQLException lost) {
            // Once per outage, and not once per try.
            if (!isAway) {
                LOG.warn("the database is away, writes are refused: {}", lost.toString());
            }
            isAway = true;
        } catch (LostLease lost) {
            LOG.warn("no longer leading: {}", lost.getMessage());
            forgetTerm();
        }
    }

    private void lead(Connection connection) throws SQLException, InterruptedException {
        var behind = new Behind(live, traits);
        queue.open();
        listener.onLeading();
        isAway = false;
        LOG.info("leading in epoch {} from revision {}", epoch, last);
        try {
            while (!loop.isClosed() && !told.isAfter(restored)) {
                step(connection, behind);
            }
        } finally {
            queue.close(loop.isClosed() ? STOPPING : "the database cannot be reached");
            listener.onLeadingEnded();
        }
        behind.flush(connection);
        lease.release(connection, epoch, last);
        LOG.info("stopped at revision {}", last);
    }

    private void step(Connection connection, Behind behind)
            throws SQLException, InterruptedException {
        List<Submission> taken = queue.take(IDLE);
        if (!taken.isEmpty()) {
            answered(connection, behind, taken);
        }
        if (behind.isDue()) {
            lease.check(connection, epoch);
            behind.flush(connection);
        }
    }

    /** Invariant: whatever goes wrong, nobody waits for an answer that will not come. */
    private void answered(Connection connection, Behind behind, List<Submission> taken)
            throws SQLException {
        try {
            commit(connection, behind, taken);
        } catch (RuntimeException | Error fault) {
            var unknown = new OutcomeUnknown("the committer failed", fault);
            taken.forEach(each -> each.outcome().completeExceptionally(unknown));
            throw fault;
        }
    }

    private void takeOver(Connection connection, WriteLease.Grant grant) throws SQLException {
        boolean isOurs = epoch > 0 && grant.before() == epoch && !grant.isRestored();
        epoch = grant.epoch();
        restored = grant.restored();
        writer.forgetDays();
        if (isOurs) {
            settle(connection);
            return;
        }
        // Whatever was in flight is decided by a log that others have written since: it was
        // refused or is in what is loaded now, and only its writer can tell which by looking.
        forgetTerm();
        epoch = grant.epoch();
        last = grant.last();
        if (grant.isRestored()) {
            LOG.warn("the database was restored: the numbers go on from {}", last);
        }
        StateLoader.Loaded loaded = loader.load(connection, last);
        lastTime = loaded.lastTime();
        lastDurable = last;
        live.reset(loaded.memory());
        LOG.info("loaded {}", loaded.memory().sizes());
    }

    /**
     * Nobody else has led since the connection was lost: the log knows what became of the batch.
     */
    private void settle(Connection connection) throws SQLException {
        InFlight open = inFlight;
        if (open == null) {
            return;
        }
        boolean isWritten = LogProbe.holds(connection, writer.durable(open.batch().entries()));
        LOG.info(
                "the batch up to revision {} was {}",
                open.batch().last(),
                isWritten ? "committed" : "not committed");
        if (isWritten) {
            finish(open.batch(), open.groups());
        } else {
            refuse(open.groups(), "the database was lost before the commit");
        }
        inFlight = null;
    }

    private void forgetTerm() {
        epoch = 0;
        if (inFlight != null) {
            var lost = new OutcomeUnknown("leadership was lost during the commit");
            inFlight.groups().forEach(each -> each.outcome().completeExceptionally(lost));
            inFlight = null;
        }
    }

    private void commit(Connection connection, Behind behind, List<Submission> taken)
            throws SQLException {
        List<List<Proposal>> groups = taken.stream().map(Submission::group).toList();
        Batch batch = Sequencer.plan(live.memory(), last, lastTime, groups);
        last = batch.last();
        var durable = writer.durable(batch.entries());
        if (!durable.isEmpty()) {
            inFlight = new InFlight(batch, taken);
            try {
                lease.reserve(connection, epoch, last);
                writer.write(connection, epoch, durable);
            } catch (SQLException fault) {
                if (Session.isLost(connection, fault)) {
                    throw fault;
                }
                inFlight = null;
                refused(connection, behind, taken, fault);
                return;
            } catch (LostLease lost) {
                inFlight = null;
                refuse(taken, "another replica leads");
                throw lost;
            }
            inFlight = null;
        } else if (taken.stream().anyMatch(Submission::isQuestion)) {
            answer(connection, taken);
        }
        finish(batch, taken);
        behind.note(batch.entries());
    }

    /** Do we still lead? Whatever is written asks that too, so only here it takes a round trip. */
    private void answer(Connection connection, List<Submission> taken) throws SQLException {
        try {
            lease.check(connection, epoch);
        } catch (SQLException | LostLease lost) {
            refuse(taken, "another replica leads, or the database cannot be reached");
            throw lost;
        }
    }

    /**
     * The database said no, so nothing was written. One change that it cannot hold must not take
     * the others along: they are tried one by one.
     */
    private void refused(
            Connection connection, Behind behind, List<Submission> taken, SQLException fault)
            throws SQLException {
        if (taken.size() == 1) {
            LOG.warn("the database refused a write: {}", fault.getMessage());
            taken.getFirst().refuse("the database refused the write: " + fault.getMessage());
            return;
        }
        for (int next = 0; next < taken.size(); next++) {
            try {
                commit(connection, behind, List.of(taken.get(next)));
            } catch (SQLException | LostLease lost) {
                refuse(taken.subList(next + 1, taken.size()), "the database cannot be reached");
                throw lost;
            }
        }
    }

    private void finish(Batch batch, List<Submission> groups) {
        lastTime = batch.lastTime();
        if (!batch.entries().isEmpty()) {
            live.publish(batch.after(), batch.entries());
            var durable = writer.durable(batch.entries());
            if (!durable.isEmpty()) {
                listener.onCommitted(lastDurable, durable);
                lastDurable = durable.getLast().revision();
            }
        }
        for (int group = 0; group < groups.size(); group++) {
            CommitOutcome outcome = batch.outcomes().get(group);
            groups.get(group).outcome().complete(outcome);
        }
    }

    private static void refuse(List<Submission> groups, String why) {
        groups.forEach(each -> each.refuse(why));
    }
}
