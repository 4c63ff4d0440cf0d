package dev.gantry.state.shell.store;

import static dev.gantry.state.log.StateLogContract.CONFIG_MAPS;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.feed.ChangeFeed;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.WatchCursor;
import dev.gantry.testkit.TestKafka;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is an older one than Kafka, and whoever reads it, knows of. */
class RestoredDatabaseTest {
    private static final Map<String, String> THEN =
            Map.of("kept", "1", "changed", "1", "removed", "1");
    private static final Map<String, String> LATER =
            Map.of("kept", "1", "changed", "2", "made", "1");

    private final TestPostgres postgres = TestPostgres.freshDatabase();
    private final ObjectCache cache = new ObjectCache();

    @TempDir Path folder;
    private RunningStore running;
    private ChangeFeed reader;
    private Revision changed;

    @BeforeEach
    void start() throws Exception {
        running = new RunningStore(postgres, TestKafka.shared(), folder);
        reader = reader(cache);
        running.commit(Samples.createConfigMap("kept", "1"));
        changed = running.commit(Samples.createConfigMap("changed", "1"));
        Revision removed = running.commit(Samples.createConfigMap("removed", "1"));
        awaitTold(cache, THEN);
        running.stop();
        postgres.backUp();
        running.begin();
        changed = running.commit(Samples.putConfigMap("changed", "2", changed));
        running.commit(Samples.remove(Samples.configMap("removed"), removed));
        changed = running.commit(Samples.createConfigMap("made", "1"));
        awaitTold(cache, LATER);
    }

    @AfterEach
    void stop() {
        reader.close();
        running.close();
    }

    @Test
    void whoReadTheFeedAllTheTimeHearsWhatThereIsNow() throws Exception {
        restore();
        awaitTold(cache, THEN);
        goesOn();
    }

    /** As with files that were copied back: nothing in the database itself says so. */
    @Test
    void whatTheFeedTellsAndTheLogDoesNotHoldIsNoticed() throws Exception {
        running.stop();
        postgres.restore();
        postgres.execute("UPDATE gantry.write_lease SET database_id = ''");
        running.begin();
        awaitTold(cache, THEN);
        goesOn();
    }

    @Test
    void whoReadsTheFeedFromItsBeginningHearsTheSame() throws Exception {
        restore();
        awaitTold(cache, THEN);
        var later = new ObjectCache();
        try (var _ = reader(later)) {
            awaitTold(later, THEN);
        }
    }

    @Test
    void theSameBackupMayBeRestoredTwice() throws Exception {
        restore();
        awaitTold(cache, THEN);
        running.commit(Samples.createConfigMap("made", "2"));
        await().until(() -> told(cache).containsKey("made"));
        restore();
        awaitTold(cache, THEN);
        goesOn();
    }

    @Test
    void aDatabaseThatIsEmptyIsNoticedToo() throws Exception {
        running.stop();
        postgres.lose();
        running.begin();
        awaitTold(cache, Map.of());
        running.commit(Samples.createConfigMap("changed", "3"));
        awaitTold(cache, Map.of("changed", "3"));
    }

    @Test
    void nobodyWatchesOnOverTheRestore() throws Exception {
        Revision seen = running.store().log().revision();
        restore();
        assertThat(running.store().log().revision().isAfter(seen)).isTrue();
        for (Revision each : new Revision[] {seen, changed}) {
            assertThatThrownBy(() -> running.store().log().watch(CONFIG_MAPS, each))
                    .isInstanceOf(WatchCursor.TooOld.class);
        }
        running.store().log().watch(CONFIG_MAPS, running.store().log().revision()).close();
    }

    @Test
    void aStoreThatIsOnlyRestartedDoesNotJump() throws Exception {
        Revision seen = running.store().log().revision();
        running.restart();
        awaitTold(cache, LATER);
        running.restart();
        assertThat(running.store().log().revision()).isEqualTo(seen);
    }

    private void restore() throws InterruptedException {
        running.stop();
        postgres.restore();
        running.begin();
    }

    /** What changes later is heard: its numbers come after all that was ever told. */
    private void goesOn() throws InterruptedException {
        Revision now =
                running.store().log().get(Samples.configMap("changed")).orElseThrow().revision();
        running.commit(Samples.putConfigMap("changed", "3", now));
        awaitTold(cache, Map.of("kept", "1", "changed", "3", "removed", "1"));
    }

    private ChangeFeed reader(ObjectCache into) {
        return new ChangeFeed("reader", running.kafka, Set.of(CONFIG_MAPS), into).start();
    }

    private static void awaitTold(ObjectCache cache, Map<String, String> expected) {
        await().untilAsserted(() -> assertThat(told(cache)).isEqualTo(expected));
    }

    private static Map<String, String> told(ObjectCache cache) {
        Map<String, String> found = new TreeMap<>();
        cache.list(CONFIG_MAPS).forEach(each -> found.put(each.name(), value(each)));
        return found;
    }

    private static String value(Resource configMap) {
        return configMap.tree().at("/data").iterator().next().asString();
    }
}
