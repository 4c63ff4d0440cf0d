package dev.gantry.state.shell.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.feed.ChangeCodec;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.kafka.KeyedPartition;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.testkit.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
                only(settings.topics().changes(resource)),
                record -> found.add(ChangeCodec.decode(resource, record)),
                () -> isEnough.test(found));
        return found;
    }

    List<byte[]> valuesUntil(String topic, int count) {
        return valuesUntil(only(topic), count);
    }

    /** From where a reader looks who wants those of one key. */
    List<byte[]> valuesUntil(String topic, String key, int count) {
        return valuesUntil(
                consumer -> KeyedPartition.of(key.getBytes(UTF_8), consumer.partitionsFor(topic)),
                count);
    }

    private List<byte[]> valuesUntil(Place place, int count) {
        List<byte[]> found = new ArrayList<>();
        read(place, record -> found.add(record.value()), () -> found.size() >= count);
        return found;
    }

    private interface Place extends Function<KafkaConsumer<byte[], byte[]>, TopicPartition> {}

    private static Place only(String topic) {
        return _ -> new TopicPartition(topic, 0);
    }

    private void read(
            Place place,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each,
            java.util.function.BooleanSupplier isEnough) {
        long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
        try (var consumer =
                new KafkaConsumer<>(
                        settings.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            TopicPartition partition = place.apply(consumer);
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
