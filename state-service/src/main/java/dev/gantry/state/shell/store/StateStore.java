package dev.gantry.state.shell.store;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.commit.Proposal;
import dev.gantry.state.history.History;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.shell.encryption.Encryption;
import dev.gantry.state.shell.history.JpaHistory;
import dev.gantry.state.shell.kafka.ChangeRelay;
import dev.gantry.state.shell.kafka.Ingest;
import dev.gantry.state.shell.kafka.NodeTopics;
import dev.gantry.state.shell.live.LiveState;
import dev.gantry.state.shell.postgres.CommitListener;
import dev.gantry.state.shell.postgres.PostgresLog;
import dev.gantry.state.shell.postgres.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * Everything that keeps the cluster's state, and what comes and goes through Kafka with it.
 *
 * <p>{@link #start()} returns before the state is there: {@link #isReady()} says when, which is
 * once this replica holds the write lease. One that was ready stays so while the database is away:
 * reads and watches go on.
 */
public final class StateStore implements AutoCloseable {
    private static final long WINDOW_BYTES = 16L << 20;

    private final Encryption encryption;
    private final PostgresLog log;
    private final JpaHistory history;
    private final NodeTopics nodes;
    private final ChangeRelay relay;
    private final Ingest ingest;
    private final Retention retention;
    private volatile boolean ready;

    public StateStore(
            DataSource database,
            KafkaSettings kafka,
            ResourceTraits traits,
            StoreSettings settings) {
        this.encryption = new Encryption(settings.dataKeyFile(), settings.encryption());
        this.log =
                new PostgresLog(
                        database,
                        traits,
                        new PostgresLog.Settings(
                                encryption,
                                settings.holder(),
                                settings.queueLimit(),
                                new LiveState.WindowSize(settings.watchEvents(), WINDOW_BYTES)),
                        new Listener());
        this.history = new JpaHistory(database, log.encoder(), log::revision);
        this.nodes = new NodeTopics(kafka, log::isLeading);
        this.relay =
                new ChangeRelay(
                        kafka,
                        new LogSource(database, log),
                        nodes,
                        settings.eventsKept(),
                        log::isLeading);
        this.ingest =
                new Ingest(
                        kafka,
                        nodes,
                        new Ingest.Ground(log, this::submit, log::isLeading),
                        InstantSource.system());
        this.retention =
                new Retention(
                        database,
                        log,
                        new Retention.Kept(settings.historyKept(), settings.eventsKept()),
                        InstantSource.system());
    }

    /**
     * Begins to bring the schema up to date, to take the lease and to load: all as soon as the
     * database is there.
     */
    public void start() {
        encryption.start();
        log.start();
        nodes.start();
        relay.start();
        ingest.start();
        retention.start();
    }

    public StateLog log() {
        return log;
    }

    public History history() {
        return history;
    }

    /** Whether whatever wraps keys for the store is well. */
    public boolean isEncryptionWell() {
        return encryption.isWell();
    }

    /** Whether reads can be answered. */
    public boolean isReady() {
        return ready;
    }

    /** Whether writes can be committed just now. */
    public boolean isLeading() {
        return log.isLeading();
    }

    /** False where the limit passed first. */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        return log.awaitLeading(limit);
    }

    @Override
    public void close() {
        retention.close();
        ingest.close();
        log.close();
        relay.close();
        nodes.close();
        history.close();
        encryption.close();
    }

    private CompletableFuture<CommitOutcome> submit(List<Change> group, long reportSequence) {
        return log.submit(
                group.stream()
                        .map(each -> Proposal.of(each, log.encoder()).reporting(reportSequence))
                        .toList());
    }

    private final class Listener implements CommitListener {
        @Override
        public void onCommitted(Revision before, List<LogEntry> entries) {
            relay.onCommitted(before, entries);
        }

        @Override
        public void onLeading() {
            ready = true;
        }

        @Override
        public void onLeadingEnded() {}

        @Override
        public void onOverruled() {
            ready = false;
        }
    }
}
