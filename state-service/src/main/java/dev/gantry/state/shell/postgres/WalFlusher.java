package dev.gantry.state.shell.postgres;

import dev.gantry.client.shell.loop.Loop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes durable what the committer has written, and publishes it: it flushes the server's log
 * (WAL), on a connection of its own, while the committer writes on. What is written during one
 * flush shares the next.
 *
 * <p>Invariant: a batch is published after a flush that began after the batch was written. The
 * server's log has one order, so a flush that ends makes durable all that was written before it
 * began.
 */
final class WalFlusher {
    /**
     * A transaction that changes nothing but has an entry in the server's log: its commit waits
     * until that is flushed, and taken by the standbys that the server is told to wait for.
     */
    private static final String FLUSH = "SELECT pg_logical_emit_message(true, 'gantry', '')";

    private final InFlight inFlight;
    private final Publication publication;
    private final Loop loop = new Loop("wal-flusher", this::run);

    /** Held while a batch is made durable and published. */
    private final ReentrantLock round = new ReentrantLock();

    private @Nullable Connection connection;

    WalFlusher(InFlight inFlight, Publication publication) {
        this.inFlight = inFlight;
        this.publication = publication;
    }

    void start() {
        loop.start();
    }

    void close() {
        loop.close();
    }

    /**
     * @param given to the server on which the committer writes
     */
    void begin(Connection given) {
        round.lock();
        try {
            connection = given;
            inFlight.open();
        } finally {
            round.unlock();
        }
    }

    /** Returns when nothing is published any more; what is in flight stays there. */
    void end() {
        inFlight.close();
        round.lock();
        try {
            connection = null;
        } finally {
            round.unlock();
        }
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            inFlight.awaitWritten();
            round.lock();
            try {
                makeDurable(inFlight.written());
            } catch (SQLException lost) {
                inFlight.fail(lost);
            } finally {
                round.unlock();
            }
        }
    }

    private void makeDurable(List<SentBatch> written) throws SQLException {
        if (written.stream().anyMatch(each -> !each.durable().isEmpty())) {
            flush();
        }
        for (SentBatch each : written) {
            publication.publish(each);
            inFlight.removeFirst();
        }
    }

    private void flush() throws SQLException {
        if (connection == null) {
            throw new SQLException("no connection to flush on");
        }
        try (PreparedStatement statement = connection.prepareStatement(FLUSH)) {
            statement.execute();
        }
    }
}
