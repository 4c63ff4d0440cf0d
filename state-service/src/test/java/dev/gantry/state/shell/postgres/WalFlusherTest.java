package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.Samples.createConfigMap;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.commit.Proposal;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.Samples;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written and not durable: here, because a standby is waited for that there is not. */
class WalFlusherTest {
    private TestPostgres postgres;
    private RunningLog running;
    private CompletableFuture<CommitOutcome> early =
            CompletableFuture.completedFuture(new CommitOutcome.Unavailable("none yet"));
    private int number;

    @BeforeEach
    void holdFlushes() {
        postgres = TestPostgres.ownServer();
        running = RunningLog.leading(postgres);
        postgres.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        postgres.execute("SELECT pg_reload_conf()");
        await().until(this::isHeld);
    }

    /** Writes one after the other until one is held, which leaves room for one more batch. */
    private boolean isHeld() throws SQLException {
        if (early.isDone()) {
            early = submit(createConfigMap("early-" + number++, "1"));
        }
        return isTrue("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')");
    }

    @AfterEach
    void close() {
        letFlushesGo();
        running.close();
        postgres.close();
    }

    @Test
    void isNeitherAcknowledgedNorSeenNorRelayed() throws Exception {
        Revision before = running.log.revision();

        CompletableFuture<CommitOutcome> outcome = submit(createConfigMap("b", "1"));
        await().until(() -> isWritten("b"));

        assertThat(outcome).isNotDone();
        assertThat(running.log.get(Samples.configMap("b"))).isEmpty();
        assertThat(running.log.revision()).isEqualTo(before);
        assertThat(running.heard)
                .extracting(each -> each.object().key().name())
                .doesNotContain("b");
        assertThat(running.log.reader().after(Revision.NONE, running.log.revision(), 1000))
                .extracting(LogEntry::revision)
                .allMatch(each -> !each.isAfter(before));
    }

    @Test
    void isAcknowledgedInOrderOnceItIsDurable() throws Exception {
        CompletableFuture<CommitOutcome> first = submit(createConfigMap("b", "1"));
        await().until(() -> isWritten("b"));
        CompletableFuture<CommitOutcome> second = submit(createConfigMap("b", "2"));
        CompletableFuture<CommitOutcome> third = submit(createConfigMap("c", "1"));
        letFlushesGo();

        assertThat(outcomeOf(first)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(outcomeOf(second)).isInstanceOf(CommitOutcome.Stale.class);
        assertThat(outcomeOf(third)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(running.heard).extracting(each -> each.object().key().name()).endsWith("b", "c");
    }

    @Test
    void isSettledByWhatTheLogHoldsWhenTheConnectionsAreCut() throws Exception {
        CompletableFuture<CommitOutcome> outcome = submit(createConfigMap("b", "1"));
        await().until(() -> isWritten("b"));

        postgres.cutConnections();
        letFlushesGo();

        assertThat(outcomeOf(early)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(outcomeOf(outcome)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(running.log.get(Samples.configMap("b"))).isPresent();
    }

    private CompletableFuture<CommitOutcome> submit(Change change) {
        return running.log.submit(List.of(Proposal.of(change, running.log.encoder())));
    }

    private static CommitOutcome outcomeOf(CompletableFuture<CommitOutcome> outcome)
            throws Exception {
        return outcome.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void letFlushesGo() {
        postgres.execute("ALTER SYSTEM RESET synchronous_standby_names");
        postgres.execute("SELECT pg_reload_conf()");
    }

    private boolean isWritten(String name) throws SQLException {
        return isTrue(
                "SELECT EXISTS (SELECT FROM gantry.objects WHERE name = '%s')".formatted(name));
    }

    private boolean isTrue(String question) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
