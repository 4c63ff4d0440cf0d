package dev.gantry.state.shell.store;

import dev.gantry.client.shell.feed.ChangeCodec;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.testkit.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning, with repeated records and all. */
final class FeedReader {
    private final KafkaSettings settings;

    FeedReader(KafkaSettings settings) {
        this.settings = settings;
    }

    List<ChangeMessage> changesUntil(
            GroupResource resource, Predicate<List<ChangeMessage>> isEnough) {
        List<ChangeMessage> found = new ArrayList<>();
        read(
                settings.topics().changes(resource),
                record -> found.add(ChangeCodec.decode(resource, record)),
                () -> isEnough.test(found));
        return found;
    }

    List<byte[]> valuesUntil(String topic, int count) {
        List<byte[]> found = new ArrayList<>();
        read(topic, record -> found.add(record.value()), () -> found.size() >= count);
        return found;
    }

    List<ConsumerRecord<byte[], byte[]>> recordsUntil(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        read(topic, found::add, () -> found.size() >= count);
        return found;
    }

    private void read(
            String topic,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each,
            java.util.function.BooleanSupplier isEnough) {
        long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
        try (var consumer =
                new KafkaConsumer<>(
                        settings.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!isEnough.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("what was expected did not come on " + partition);
                }
                consumer.poll(Duration.ofMillis(200)).forEach(each);
            }
        }
    }
}
