package dev.gantry.state.shell.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StateLogContract;
import dev.gantry.state.secret.EncryptionConfiguration;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A whole store on a test database and a test broker, that can be restarted. */
final class RunningStore implements AutoCloseable {
    final KafkaSettings kafka;
    final FeedReader feed;
    private final TestPostgres postgres;
    private final Path folder;
    private StateStore store;

    RunningStore(TestPostgres postgres, TestKafka broker, Path folder) throws InterruptedException {
        this.postgres = postgres;
        this.folder = folder;
        this.kafka = new KafkaSettings(broker.connection(), new Topics(TestKafka.freshPrefix()));
        this.feed = new FeedReader(kafka);
        this.store = made();
    }

    StateStore store() {
        return store;
    }

    void restart() throws InterruptedException {
        stop();
        begin();
    }

    void stop() {
        store.close();
    }

    void begin() throws InterruptedException {
        store = made();
    }

    Revision commit(Change change) throws InterruptedException {
        return StateLogContract.committed(store.log().commit(List.of(change))).revision();
    }

    void send(String topic, String key, Object message) throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(), MessageCodec.encode(message)))
                    .get();
        }
    }

    /** As if the topic's further records had never reached the broker's disk. */
    void loseAllButTheFirst(GroupResource resource, int count) throws Exception {
        String topic = kafka.topics().changes(resource);
        List<ConsumerRecord<byte[], byte[]>> kept = feed.recordsUntil(topic, count);
        try (Admin admin = Admin.create(kafka.client());
                var producer =
                        new KafkaProducer<>(
                                kafka.producer(),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            admin.deleteTopics(List.of(topic)).all().get();
            Patience.await().until(() -> !admin.listTopics().names().get().contains(topic));
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            for (ConsumerRecord<byte[], byte[]> each : kept.subList(0, count)) {
                producer.send(
                                new ProducerRecord<>(
                                        topic, null, each.key(), each.value(), each.headers()))
                        .get();
            }
        }
    }

    @Override
    public void close() {
        store.close();
    }

    private StateStore made() throws InterruptedException {
        var made =
                new StateStore(
                        postgres.dataSource(),
                        kafka,
                        BuiltinKinds.CATALOG,
                        StoreSettings.of(
                                folder.resolve("data.key"), EncryptionConfiguration.NONE, "test"));
        made.start();
        assertThat(made.awaitReady(Patience.LIMIT)).isTrue();
        return made;
    }
}
