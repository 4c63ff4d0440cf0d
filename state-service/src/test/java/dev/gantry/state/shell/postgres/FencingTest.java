package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.Samples.createConfigMap;
import static dev.gantry.state.log.StateLogContract.committed;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.OutcomeUnknown;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.WatchCursor;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FencingTest {
    private final TestPostgres postgres = TestPostgres.freshDatabase();
    private final Path keyFile = RunningLog.keyFile();

    @Test
    void onlyOneOfTwoLeadsAndTheOtherFollowsIt() throws Exception {
        try (var first = start().awaitLeading();
                var second = start()) {
            Revision made =
                    committed(first.log.commit(List.of(createConfigMap("a", "1")))).revision();

            assertThat(second.log.isLeading()).isFalse();
            assertThat(second.log.commit(List.of(createConfigMap("b", "1"))))
                    .isInstanceOf(CommitOutcome.Unavailable.class);

            first.log.close();
            second.awaitLeading();
            Revision next =
                    committed(second.log.commit(List.of(createConfigMap("b", "1")))).revision();
            assertThat(second.log.get(Samples.configMap("a")).orElseThrow().revision())
                    .isEqualTo(made);
            assertThat(next).isEqualTo(made.next());
        }
    }

    @Test
    void aWriteOfAnEarlierEpochIsRefusedByTheDatabase() throws Exception {
        try (var running = start().awaitLeading()) {
            committed(running.log.commit(List.of(createConfigMap("a", "1"))));
            endTerm();

            CommitOutcome stale = running.log.commit(List.of(createConfigMap("b", "1")));

            assertThat(stale).isInstanceOf(CommitOutcome.Unavailable.class);
            postgres.execute("ALTER TABLE gantry.write_lease DROP CONSTRAINT not_by_us");
            running.awaitLeading();
            assertThat(running.log.get(Samples.configMap("b"))).isEmpty();
            assertThat(running.log.get(Samples.configMap("a"))).isPresent();
        }
    }

    @Test
    void whoeverWritesNothingHearsFromTheDatabaseWhetherItStillLeads() throws Exception {
        try (var running = start().awaitLeading()) {
            assertThat(running.log.commit(List.of())).isInstanceOf(CommitOutcome.Committed.class);
            endTerm();

            assertThat(running.log.commit(List.of())).isInstanceOf(CommitOutcome.Unavailable.class);
        }
    }

    @Test
    void numbersThatWereNeverLoggedAreNotGivenAgainAfterACrash() throws Exception {
        Revision renewed;
        var crashed = start().awaitLeading();
        var lease = Samples.key(Kinds.LEASE, "default", "it");
        renewed =
                committed(
                                crashed.log.commit(
                                        List.of(
                                                Samples.create(
                                                        Kinds.LEASE,
                                                        Samples.object(Kinds.LEASE, lease)))))
                        .revision();
        postgres.execute(
                "UPDATE gantry.write_lease SET holder = 'whoever comes next', epoch = epoch + 1");
        postgres.cutConnections();

        await().ignoreException(OutcomeUnknown.class)
                .untilAsserted(
                        () ->
                                assertThat(
                                                committed(
                                                                crashed.log.commit(
                                                                        List.of(
                                                                                createConfigMap(
                                                                                        "a", "1"))))
                                                        .revision()
                                                        .isAfter(renewed))
                                        .isTrue());
        crashed.close();
    }

    @Test
    void aDatabaseThatWentBackInTimeEndsAllWatchesAndJumpsAhead() throws Exception {
        try (var running = start().awaitLeading()) {
            Revision made =
                    committed(running.log.commit(List.of(createConfigMap("a", "1")))).revision();
            var cursor = running.log.watch(Samples.configMap("a").resource(), made);
            postgres.execute("UPDATE gantry.write_lease SET timeline = '0000FFFF'");
            postgres.cutConnections();

            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    cursor.poll(Patience.LIMIT);
                                }
                            })
                    .isInstanceOf(WatchCursor.Closed.class);
            running.awaitLeading();
            assertThat(running.log.revision().value()).isGreaterThan(made.value() + 1_000_000);
        }
    }

    /** As if somebody else led; the constraint keeps it from leading anew before it was asked. */
    private void endTerm() {
        postgres.execute(
                """
                UPDATE gantry.write_lease SET epoch = epoch + 1;
                ALTER TABLE gantry.write_lease
                ADD CONSTRAINT not_by_us CHECK (holder <> 'test') NOT VALID
                """);
    }

    private RunningLog start() {
        return RunningLog.start(postgres, keyFile, 1000);
    }
}
