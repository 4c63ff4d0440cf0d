package dev.gantry.state.shell.store;

import static dev.gantry.state.log.StateLogContract.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Samples;
import dev.gantry.testkit.TestKafka;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaOutageTest {
    @TempDir Path folder;

    /** Stopped under load, and the store restarted while Kafka is still away. */
    @Test
    void theApiGoesOnWithoutKafkaAndTheFeedCatchesUpInOrder() throws Exception {
        try (var kafka = TestKafka.ownBroker();
                var running = new RunningStore(TestPostgres.freshDatabase(), kafka, folder)) {
            List<Revision> committed = new ArrayList<>(write(running, "before", 50));
            running.feed.changesUntil(CONFIG_MAPS, found -> found.size() >= 50);

            kafka.stop();
            committed.addAll(write(running, "during", 50));
            running.restart();
            committed.addAll(write(running, "restarted", 50));
            kafka.start();
            committed.addAll(write(running, "after", 50));

            List<ChangeMessage> told =
                    running.feed.changesUntil(
                            CONFIG_MAPS,
                            found ->
                                    !found.isEmpty()
                                            && found.getLast()
                                                    .revision()
                                                    .equals(committed.getLast()));
            assertThat(told.stream().map(ChangeMessage::revision).distinct())
                    .containsExactlyElementsOf(committed);
        }
    }

    /** As after the loss of Kafka's disk: the topics are made anew, and hold all there is. */
    @Test
    void topicsThatLostEverythingAreFilledAnew() throws Exception {
        var postgres = TestPostgres.freshDatabase();
        List<Revision> committed;
        try (var running = new RunningStore(postgres, TestKafka.shared(), folder)) {
            committed = write(running, "before", 5);
            running.feed.changesUntil(CONFIG_MAPS, found -> found.size() >= 5);
        }

        try (var running = new RunningStore(postgres, TestKafka.shared(), folder)) {
            assertThat(running.feed.changesUntil(CONFIG_MAPS, found -> found.size() >= 5))
                    .extracting(ChangeMessage::revision)
                    .containsExactlyInAnyOrderElementsOf(committed);
        }
    }

    /** Nothing is written meanwhile, so that no message tells the store. */
    @Test
    void aLostDiskIsNoticedWithoutAWrite() throws Exception {
        try (var kafka = TestKafka.ownBroker();
                var running = new RunningStore(TestPostgres.freshDatabase(), kafka, folder)) {
            List<Revision> committed = write(running, "before", 5);
            running.feed.changesUntil(CONFIG_MAPS, found -> found.size() >= 5);

            kafka.stop();
            kafka.loseDisk();
            kafka.start();

            assertThat(running.feed.changesUntil(CONFIG_MAPS, found -> found.size() >= 5))
                    .extracting(ChangeMessage::revision)
                    .containsExactlyInAnyOrderElementsOf(committed);
        }
    }

    /**
     * As after a loss of power: what the broker confirmed last was not on its disk. The store
     * believes that all was told.
     */
    @Test
    void whatKafkaConfirmedAndLostIsToldAgain() throws Exception {
        try (var running =
                new RunningStore(TestPostgres.freshDatabase(), TestKafka.shared(), folder)) {
            List<Revision> committed = write(running, "kept", 3);
            Revision put = running.commit(Samples.putConfigMap("kept-0", "2", committed.get(0)));
            running.commit(Samples.create(Kinds.SECRET, secret()));
            Revision gone =
                    running.commit(Samples.remove(Samples.configMap("kept-1"), committed.get(1)));
            committed.addAll(List.of(put, gone));
            running.feed.changesUntil(CONFIG_MAPS, found -> found.size() >= 5);
            running.stop();

            running.loseAllButTheFirst(CONFIG_MAPS, 2);
            running.begin();

            assertThat(running.feed.changesUntil(CONFIG_MAPS, found -> found.size() >= 5))
                    .extracting(ChangeMessage::revision)
                    .containsExactlyElementsOf(committed);
        }
    }

    private static Resource secret() {
        return Samples.object(Kinds.SECRET, Samples.key(Kinds.SECRET, "default", "other"));
    }

    private static List<Revision> write(RunningStore running, String name, int count)
            throws InterruptedException {
        List<Revision> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(running.commit(Samples.createConfigMap(name + "-" + i, "1")));
        }
        return made;
    }
}
