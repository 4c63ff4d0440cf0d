package dev.gantry.gateway.shell.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.audit.AuditEvent;
import dev.gantry.gateway.audit.SampleEvents;
import dev.gantry.model.message.Topics;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class BufferedBackendTest {
    private final AuditCounts counts = new AuditCounts();

    @Test
    void dropsAndCountsWhatComesWhileTheBackendIsTooSlow() throws Exception {
        SlowBackend slow = new SlowBackend();
        try (var buffer =
                new BufferedBackend(slow, new BatchLimits(3, 10, Duration.ZERO), counts).start()) {
            buffer.add(SampleEvents.metadata("jane", "first"));
            slow.isWriting.await();
            for (int i = 0; i < 10; i++) {
                buffer.add(SampleEvents.metadata("jane", Integer.toString(i)));
            }
            slow.mayGoOn.countDown();
            Patience.await().untilAsserted(() -> assertThat(slow.written).hasSize(4));
        }

        assertThat(text()).contains("apiserver_audit_error_total{plugin=\"buffered\"} 7");
    }

    @Test
    void aBatchWaitsForMoreUntilItIsFull() {
        SlowBackend backend = new SlowBackend();
        backend.mayGoOn.countDown();
        try (var buffer =
                new BufferedBackend(backend, new BatchLimits(10, 2, Duration.ofHours(1)), counts)
                        .start()) {
            buffer.add(SampleEvents.metadata("jane", "a"));
            buffer.add(SampleEvents.metadata("jane", "b"));
            buffer.add(SampleEvents.metadata("jane", "c"));
            Patience.await().untilAsserted(() -> assertThat(backend.written).hasSize(2));
        }

        assertThat(backend.written).hasSize(3);
    }

    @Test
    void eventsStandInTheTopicKeyedByUserOnceThereIsOne() throws Exception {
        Topics topics = new Topics(TestKafka.freshPrefix());
        KafkaSettings kafka = new KafkaSettings(TestKafka.shared().connection(), topics);
        try (var buffer =
                new BufferedBackend(new TopicBackend(kafka, counts), BatchLimits.TOPIC, counts)
                        .start()) {
            buffer.add(SampleEvents.created("jane", "a", "{\"data\":{\"k\":\"v\"}}"));
            buffer.add(SampleEvents.metadata("joe", "b"));
            makeTopic(kafka);
            List<String> found = new CopyOnWriteArrayList<>();
            try (var consumer = consumer(kafka)) {
                Patience.await()
                        .untilAsserted(
                                () -> {
                                    consumer.poll(Duration.ofMillis(100))
                                            .forEach(
                                                    each ->
                                                            found.add(
                                                                    new String(each.key(), UTF_8)
                                                                            + " "
                                                                            + id(each.value())));
                                    assertThat(found).containsExactly("jane a", "joe b");
                                });
            }
        }

        assertThat(text()).doesNotContain("plugin=");
    }

    private static void makeTopic(KafkaSettings kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.client())) {
            admin.createTopics(List.of(new NewTopic(kafka.topics().audit(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings kafka) {
        var consumer =
                new KafkaConsumer<>(
                        kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(kafka.topics().audit(), 0)));
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    private static String id(byte[] event) {
        return JsonMapper.shared().readTree(event).path("auditID").asString();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        counts.append(text);
        return text.toString();
    }

    /** Waits in its first write until it may go on. */
    private static final class SlowBackend implements AuditBackend {
        private final CountDownLatch isWriting = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final List<AuditEvent> written = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public void write(List<AuditEvent> batch, Loop loop) throws InterruptedException {
            isWriting.countDown();
            mayGoOn.await();
            written.addAll(batch);
        }

        @Override
        public void writeLast(List<AuditEvent> batch) {
            written.addAll(batch);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
