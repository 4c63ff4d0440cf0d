package dev.gantry.client.shell.kafka;

import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of one topic from their end on: for messages whose past does not matter,
 * such as signs of life.
 *
 * <p>After an outage of Kafka it goes on where it was. After a fault of the listener it starts at
 * the end again.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    /** Hears every record; called by one thread. */
    @FunctionalInterface
    public interface Listener {
        void onRecord(ConsumerRecord<byte[], byte[]> record);
    }

    private final KafkaSettings settings;
    private final String topic;
    private final Listener listener;
    private final Loop loop;

    public TopicReader(String name, KafkaSettings settings, String topic, Listener listener) {
        this.settings = settings;
        this.topic = topic;
        this.listener = listener;
        this.loop = new Loop(name, this::run);
    }

    public TopicReader start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        var consumer =
                new KafkaConsumer<>(
                        settings.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = awaitTopic(consumer);
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!loop.isClosed()) {
                consumer.poll(POLL).forEach(listener::onRecord);
            }
        } catch (InterruptException closing) {
            throw new InterruptedException("the reader is closing");
        } finally {
            boolean _ = Thread.interrupted(); // else the consumer cannot close in good order
            consumer.close(CloseOptions.timeout(CLOSING));
        }
    }

    /** The state service makes the topics; until it has, there is nothing to read. */
    private List<TopicPartition> awaitTopic(Consumer<byte[], byte[]> consumer)
            throws InterruptedException {
        while (true) {
            Map<String, List<PartitionInfo>> topics = consumer.listTopics(Duration.ofSeconds(10));
            List<PartitionInfo> found = topics.getOrDefault(topic, List.of());
            if (!found.isEmpty()) {
                List<TopicPartition> partitions = new ArrayList<>();
                found.forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
                return partitions;
            }
            loop.pause(Duration.ofMillis(200));
        }
    }
}
