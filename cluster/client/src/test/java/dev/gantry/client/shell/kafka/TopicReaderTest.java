package dev.gantry.client.shell.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Topics;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class TopicReaderTest {
    private final KafkaSettings kafka =
            new KafkaSettings(TestKafka.shared().connection(), new Topics(TestKafka.freshPrefix()));
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** A reader that began anew would hear the first one twice. */
    @Test
    void aRecordThatNobodyCanReadIsLeftOutAndTheOthersAreHeardOnce() throws Exception {
        String topic = kafka.topics().echo();
        try (Admin admin = Admin.create(new TreeMap<String, Object>(kafka.connection()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (var producer =
                        new KafkaProducer<>(
                                kafka.producer(),
                                new ByteArraySerializer(),
                                new ByteArraySerializer());
                var _ = new TopicReader("test", kafka, topic, this::hear).start()) {
            for (String each : List.of("first", "bad", "last")) {
                producer.send(new ProducerRecord<>(topic, each.getBytes(UTF_8))).get();
            }
            Patience.await().until(() -> heard.contains("last"));
        }
        assertThat(heard).containsExactly("first", "last");
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        String text = new String(record.value(), UTF_8);
        if (text.equals("bad")) {
            throw new IllegalArgumentException(text);
        }
        heard.add(text);
    }
}
