package dev.gantry.state.shell.postgres;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.commit.Batch;
import dev.gantry.state.commit.Proposal;
import dev.gantry.state.commit.Sequencer;
import dev.gantry.state.log.OutcomeUnknown;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.memory.Memory;
import dev.gantry.state.shell.live.LiveState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that numbers and commits.
 *
 * <p>Group commit without a timer: while one batch is written the next one fills, and while one is
 * flushed ({@link WalFlusher}) the next one is written. What is planned next follows the batches
 * that are in flight, which nobody sees yet.
 *
 * <pre>
 *   waiting ──lease taken, state loaded──► leading ──batch──► leading
 *      ▲                                      │ connection lost
 *      │ another epoch                        ▼
 *      └──────────────────────────────── cut off: reads go on, writes are refused; the batches whose
 *                                        outcome is unknown wait
 *                                             │ lease taken again, epoch was still ours
 *                                             ▼
 *                                        the log says which of them are in it ──► leading
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
    private final InFlight inFlight = new InFlight();
    private final Publication publication;
    private final WalFlusher flusher;
    private final ResourceTraits traits;
    private final Loop loop = new Loop("committer", this::run);

    private long epoch;
    private Revision last = Revision.NONE;
    private Instant lastTime = Instant.EPOCH;
    private boolean isAway;

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
        this.publication = new Publication(live, listener);
        this.flusher = new WalFlusher(inFlight, publication);
        this.traits = parts.codec().traits();
    }

    void start() {
        flusher.start();
        loop.start();
    }

    /** Lets the batches that are under way end: an interrupt would cut their connection. */
    void close() {
        loop.closeGently(PATIENCE);
        flusher.close();
        queue.close(STOPPING);
        giveUp("stopped before the outcome was known");
    }

    private void run() throws InterruptedException {
        Schema.migrate(database);
        do {
            tryToLead();
            inFlight.giveUpOverdue("the database was lost during the commit");
        } while (loop.pause(RETRY));
    }

    private void tryToLead() throws InterruptedException {
        try (Connection connection = database.getConnection()) {
            Session.prepare(connection);
            try {
                Optional<WriteLease.Grant> grant = lease.take(connection, last);
                if (grant.isPresent()) {
                    takeOver(connection, grant.get());
                    Session.prepareForBatches(connection);
                    leadWithFlusher(connection);
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

    private void leadWithFlusher(Connection connection) throws SQLException, InterruptedException {
        try (Connection forFlushes = database.getConnection()) {
            Session.prepareForFlushes(forFlushes, connection);
            try {
                flusher.begin(forFlushes);
                lead(connection);
            } finally {
                flusher.end();
                Session.leave(forFlushes);
            }
        }
    }

    private void lead(Connection connection) throws SQLException, InterruptedException {
        var behind = new Behind(live, traits);
        queue.open();
        listener.onLeading();
        isAway = false;
        LOG.info("leading in epoch {} from revision {}", epoch, last);
        try {
            while (!loop.isClosed()) {
                step(connection, behind);
            }
        } finally {
            queue.close(loop.isClosed() ? STOPPING : "the database cannot be reached");
            listener.onLeadingEnded();
        }
        inFlight.awaitEmpty();
        inFlight.throwIfFailed();
        behind.flush(connection);
        lease.release(connection, epoch, last);
        LOG.info("stopped at revision {}", last);
    }

    private void step(Connection connection, Behind behind)
            throws SQLException, InterruptedException {
        inFlight.awaitRoom();
        List<Submission> taken = queue.take(IDLE);
        throwIfNotDurable(taken);
        if (!taken.isEmpty()) {
            answered(connection, behind, taken);
        }
        if (behind.isDue()) {
            lease.check(connection, epoch);
            behind.flush(connection);
        }
    }

    /** Nothing more is written where what is written cannot be made durable. */
    private void throwIfNotDurable(List<Submission> taken) throws SQLException {
        try {
            inFlight.throwIfFailed();
        } catch (SQLException lost) {
            refuse(taken, "the database cannot be reached");
            throw lost;
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
        boolean isOurs = epoch > 0 && grant.before() == epoch && !grant.restored();
        epoch = grant.epoch();
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
        StateLoader.Loaded loaded = loader.load(connection, last);
        lastTime = loaded.lastTime();
        publication.startFrom(last);
        live.reset(loaded.memory());
        LOG.info("loaded {}", loaded.memory().sizes());
    }

    /**
     * Nobody else has led since the connection was lost: the log knows what became of the batches,
     * and all of it is flushed, as taking the lease was committed after them.
     *
     * <p>What follows a batch that is not in the log is not in it either, and stands on a state
     * that never was.
     */
    private void settle(Connection connection) throws SQLException {
        boolean isHeld = true;
        for (var next = inFlight.first(); next.isPresent(); next = inFlight.first()) {
            SentBatch sent = next.get();
            isHeld = isHeld && isWritten(connection, sent);
            LOG.info(
                    "the batch up to revision {} was {}",
                    sent.batch().last(),
                    isHeld ? "committed" : "not committed");
            if (isHeld) {
                publication.publish(sent);
            } else {
                sent.refuse("the database was lost before the commit");
            }
            inFlight.removeFirst();
        }
    }

    /** What lives in memory only is as good as what it follows. */
    private static boolean isWritten(Connection connection, SentBatch sent) throws SQLException {
        return sent.durable().isEmpty() || LogProbe.holds(connection, sent.durable());
    }

    private void forgetTerm() {
        epoch = 0;
        giveUp("leadership was lost during the commit");
    }

    private void giveUp(String why) {
        for (var next = inFlight.first(); next.isPresent(); next = inFlight.first()) {
            next.get().giveUp(why);
            inFlight.removeFirst();
        }
    }

    private void commit(Connection connection, Behind behind, List<Submission> taken)
            throws SQLException {
        Memory before = inFlight.memoryAhead().orElseGet(live::memory);
        List<List<Proposal>> groups = taken.stream().map(Submission::group).toList();
        Batch batch = Sequencer.plan(before, last, lastTime, groups);
        last = batch.last();
        lastTime = batch.lastTime();
        var sent = new SentBatch(batch, taken, writer.durable(batch.entries()), System.nanoTime());
        inFlight.send(sent);
        try {
            write(connection, sent);
        } catch (SQLException fault) {
            if (Session.isLost(connection, fault)) {
                throw fault;
            }
            inFlight.retract();
            refused(connection, behind, taken, fault);
            return;
        } catch (LostLease lost) {
            inFlight.retract();
            refuse(taken, "another replica leads");
            throw lost;
        }
        inFlight.noteWritten();
        behind.note(batch.entries());
    }

    private void write(Connection connection, SentBatch sent) throws SQLException {
        if (!sent.durable().isEmpty()) {
            lease.reserve(connection, epoch, last);
            writer.write(connection, epoch, sent.durable());
        } else if (sent.groups().stream().anyMatch(Submission::isQuestion)) {
            // Do we still lead? Whatever is written asks that too, so only here it takes a round
            // trip.
            lease.check(connection, epoch);
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

    private static void refuse(List<Submission> groups, String why) {
        groups.forEach(each -> each.refuse(why));
    }
}
