package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.Samples.createConfigMap;
import static dev.gantry.state.log.Samples.putConfigMap;
import static dev.gantry.state.log.StateLogContract.CONFIG_MAPS;
import static dev.gantry.state.log.StateLogContract.committed;
import static dev.gantry.state.log.StateLogContract.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.WatchCursor.TooOld;
import dev.gantry.testkit.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackfillTest {
    private final TestPostgres postgres = TestPostgres.freshDatabase();

    @Test
    void aWatcherFromBeforeTheRingReadsTheLogAndGoesOnInTheRing() throws Exception {
        try (var running = RunningLog.start(postgres, RunningLog.keyFile(), 10).awaitLeading()) {
            Revision start = running.log.revision();
            List<Revision> made = write(running, 40);

            try (var cursor = running.log.watch(CONFIG_MAPS, start)) {
                List<LogEvent> seen = read(cursor, 40);
                assertThat(seen).extracting(LogEvent::revision).containsExactlyElementsOf(made);
                assertThat(seen.get(7).before().orElseThrow().revision()).isEqualTo(made.get(6));

                running.log.commit(List.of(createConfigMap("b", "1")));
                assertThat(read(cursor, 1).getFirst().object().key().name()).isEqualTo("b");
            }
        }
    }

    @Test
    void aWatcherResumesOverARestart() throws Exception {
        var keyFile = RunningLog.keyFile();
        List<Revision> made;
        try (var running = RunningLog.start(postgres, keyFile, 10).awaitLeading()) {
            made = write(running, 5);
        }
        try (var running = RunningLog.start(postgres, keyFile, 10).awaitLeading();
                var cursor = running.log.watch(CONFIG_MAPS, made.get(2))) {
            assertThat(read(cursor, 2))
                    .extracting(LogEvent::revision)
                    .containsExactlyElementsOf(made.subList(3, 5));
        }
    }

    @Test
    void whatNoLogHoldsIsTooOld() throws Exception {
        try (var running = RunningLog.start(postgres, RunningLog.keyFile(), 2).awaitLeading()) {
            Revision start = running.log.revision();
            for (int i = 0; i < 5; i++) {
                var key = Samples.key(Kinds.LEASE, "default", "lease-" + i);
                running.log.commit(
                        List.of(Samples.create(Kinds.LEASE, Samples.object(Kinds.LEASE, key))));
            }

            assertThatThrownBy(() -> running.log.watch(Resources.LEASES, start))
                    .isInstanceOf(TooOld.class);
        }
    }

    @Test
    void whatRetentionDroppedIsTooOld() throws Exception {
        try (var running = RunningLog.start(postgres, RunningLog.keyFile(), 2).awaitLeading()) {
            List<Revision> made = write(running, 5);
            postgres.execute("UPDATE gantry.history_floor SET revision = " + made.get(2));

            assertThatThrownBy(() -> running.log.watch(CONFIG_MAPS, made.get(1)))
                    .isInstanceOf(TooOld.class);
        }
    }

    private static List<Revision> write(RunningLog running, int count) throws InterruptedException {
        List<Revision> made = new ArrayList<>();
        Revision last = Revision.NONE;
        for (int i = 0; i < count; i++) {
            last =
                    committed(running.log.commit(List.of(putConfigMap("a", "v" + i, last))))
                            .revision();
            made.add(last);
        }
        return made;
    }
}
