package dev.gantry.client.shell.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.Headers;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real broker, in topics as they may be found after years. */
final class ChangeFeedTest {
    private final TestKafka broker = TestKafka.ownBroker();
    private final KafkaSettings kafka =
            new KafkaSettings(broker.connection(), new Topics(TestKafka.freshPrefix()));
    private final String topic = kafka.topics().changes(Resources.CONFIG_MAPS);
    private final Listening listening = new Listening();
    private KafkaProducer<byte[], byte[]> producer;

    private static final class Listening implements FeedListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final CountDownLatch caughtUp = new CountDownLatch(1);
        private final CountDownLatch pausing = new CountDownLatch(1);
        private final CountDownLatch goesOn = new CountDownLatch(1);

        @Override
        public void onChange(ChangeMessage change) {
            String name = change.key().name();
            if (name.equals("unbearable")) {
                throw new IllegalStateException(name);
            }
            heard.add(name + "@" + change.revision());
            if (name.equals("pause")) {
                pausing.countDown();
                await(goesOn);
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onCaughtUp() {
            caughtUp.countDown();
        }
    }

    @BeforeEach
    void setUp() throws Exception {
        makeTopic();
        producer = newProducer();
    }

    private KafkaProducer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        producer.close();
        broker.close();
    }

    @Test
    void recordsThatNobodyCanReadHoldUpNoneOfTheOthers() throws Exception {
        send(change("first", 1));
        send(new ProducerRecord<>(topic, "default/foreign".getBytes(UTF_8), new byte[] {'{'}));
        send(new ProducerRecord<>(topic, new byte[] {'{'}));
        ProducerRecord<byte[], byte[]> later = change("of-a-later-version", 2);
        later.headers().remove(Headers.TYPE);
        later.headers().add(Headers.TYPE, "dev.gantry.change.moved".getBytes(UTF_8));
        send(later);
        send(change("unbearable", 3));
        send(change("last", 4));

        try (var _ = feed()) {
            Listening.await(listening.caughtUp);
            assertThat(listening.heard).containsExactly("first@1", "last@4");
        }
    }

    /** The last word on each object is told by both; what both say is heard once. */
    @Test
    void aTopicThatIsMadeAnewIsReadFromItsBeginning() throws Exception {
        send(change("kept", 1));
        send(change("other", 2));
        send(change("kept", 3));
        try (var _ = feed()) {
            Patience.await().until(() -> listening.heard.size() == 3);
            try (Admin admin = Admin.create(new TreeMap<String, Object>(kafka.connection()))) {
                admin.deleteTopics(List.of(topic)).all().get();
                Patience.await().until(() -> !admin.listTopics().names().get().contains(topic));
            }
            makeTopic();
            send(change("kept", 3));
            send(change("new", 4));
            Patience.await().until(() -> listening.heard.contains("new@4"));
            assertThat(listening.heard).containsExactly("kept@1", "other@2", "kept@3", "new@4");
        }
    }

    /** Who reads on at the place where he was would hear the end of what is told, and no more. */
    @Test
    void aBrokerThatLostItsDiskIsReadFromTheBeginning() throws Exception {
        send(change("first", 1));
        send(change("pause", 2));
        try (var _ = feed()) {
            Listening.await(listening.pausing);
            producer.close();
            broker.stop();
            broker.loseDisk();
            broker.start();
            makeTopic();
            producer = newProducer();
            for (String each : List.of("a@3", "b@4", "c@5", "d@6")) {
                send(change(each.substring(0, 1), Long.parseLong(each.substring(2))));
            }
            listening.goesOn.countDown();
            Patience.await().until(() -> listening.heard.contains("d@6"));
            assertThat(listening.heard)
                    .containsExactly("first@1", "pause@2", "a@3", "b@4", "c@5", "d@6");
        }
    }

    private ChangeFeed feed() {
        return new ChangeFeed("test", kafka, Set.of(Resources.CONFIG_MAPS), listening).start();
    }

    private void makeTopic() throws Exception {
        try (Admin admin = Admin.create(new TreeMap<String, Object>(kafka.connection()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        producer.send(record).get();
    }

    private ProducerRecord<byte[], byte[]> change(String name, long revision) {
        return ChangeCodec.encode(
                topic,
                new ChangeMessage(
                        new ObjectKey(Resources.CONFIG_MAPS, "default", name),
                        new Revision(revision),
                        Revision.NONE,
                        ChangeMessage.Type.ADDED,
                        "2026-01-01T00:00:00Z",
                        "test",
                        "{}".getBytes(UTF_8)));
    }
}
