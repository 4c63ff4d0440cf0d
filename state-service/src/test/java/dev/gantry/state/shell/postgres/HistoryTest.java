package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.Samples.NOON;
import static dev.gantry.state.log.Samples.configMap;
import static dev.gantry.state.log.Samples.configMapWith;
import static dev.gantry.state.log.Samples.createConfigMap;
import static dev.gantry.state.log.Samples.remove;
import static dev.gantry.state.log.StateLogContract.CONFIG_MAPS;
import static dev.gantry.state.log.StateLogContract.committed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.history.HistoryPoint;
import dev.gantry.state.history.PointInTime;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.shell.history.JpaHistory;
import dev.gantry.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private TestPostgres postgres;
    private RunningLog running;
    private JpaHistory history;

    @BeforeEach
    void start() {
        postgres = TestPostgres.freshDatabase();
        running = RunningLog.leading(postgres);
        history =
                new JpaHistory(postgres.dataSource(), running.log.encoder(), running.log::revision);
    }

    @AfterEach
    void stop() {
        history.close();
        running.close();
    }

    @Test
    void tellsWhatAnObjectWasAtAnyRevision() throws Exception {
        Revision made = commit(createConfigMap("a", "1"));
        Revision put = commit(Samples.putConfigMap("a", "2", made));
        Revision gone = commit(remove(configMap("a"), put));

        assertThat(value(made)).isEqualTo("1");
        assertThat(value(put)).isEqualTo("2");
        assertThat(history.get(configMap("a"), gone)).isEmpty();
        assertThat(history.list(CONFIG_MAPS, "", put)).hasSize(1);
        assertThat(history.list(CONFIG_MAPS, "default", gone)).isEmpty();
    }

    @Test
    void findsTheRevisionOfATime() throws Exception {
        Revision made = commit(at(NOON, Revision.NONE, "1"));
        Revision put = commit(at(NOON.plusSeconds(60), made, "2"));
        commit(at(NOON.plusSeconds(120), put, "3"));

        assertThat(revisionAt(NOON.plusSeconds(59))).isEqualTo(made);
        assertThat(revisionAt(NOON.plusSeconds(60))).isEqualTo(put);
        assertThat(history.list(CONFIG_MAPS, "", revisionAt(NOON.minusSeconds(1)))).isEmpty();
        assertThat(value(revisionAt(NOON.plus(Duration.ofDays(1))))).isEqualTo("3");
    }

    @Test
    void saysWhatIsForgottenAndWhatIsNotYet() throws Exception {
        Revision made = commit(at(NOON, Revision.NONE, "kept from before the partition"));
        postgres.execute("SELECT gantry.ensure_revisions(1000000, 1000001)");
        postgres.execute("SELECT gantry.drop_revisions(0)");

        assertThat(history.find(new HistoryPoint.AtRevision(made)))
                .isInstanceOf(PointInTime.Forgotten.class);
        assertThat(history.find(new HistoryPoint.AtTime(NOON.minusSeconds(1))))
                .isInstanceOf(PointInTime.Forgotten.class);
        assertThat(history.find(new HistoryPoint.AtRevision(made.next())))
                .isInstanceOf(PointInTime.NotYet.class);
        assertThat(value(new Revision(999_999))).isEqualTo("kept from before the partition");
    }

    @Test
    void masksTheValuesOfSecrets() throws Exception {
        var key = Samples.key(Kinds.SECRET, "default", "token");
        var secret = Samples.object(Kinds.SECRET, key);
        secret.tree().putObject("data").put("password", "aHVudGVyMg==");
        Revision made = commit(Samples.create(Kinds.SECRET, secret));

        StoredObject then = history.get(key, made).orElseThrow();

        assertThat(then.decode().tree().at("/data/password").stringValue()).isEmpty();
    }

    private Revision commit(Change change) throws InterruptedException {
        return committed(running.log.commit(List.of(change))).revision();
    }

    private static Change at(Instant time, Revision previous, String value) {
        return new Change(
                configMap("a"), previous, Optional.of(configMapWith("a", value)), "tester", time);
    }

    private Revision revisionAt(Instant time) {
        return ((PointInTime.Known) history.find(new HistoryPoint.AtTime(time))).revision();
    }

    private String value(Revision at) {
        return history.get(configMap("a"), at)
                .orElseThrow()
                .decode()
                .tree()
                .at("/data/value")
                .stringValue();
    }
}
