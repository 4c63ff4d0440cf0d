package dev.gantry.client.shell.kafka;

import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of some topics from now on: for messages whose past does not matter, such as
 * heartbeats. Topics that are made later are read, too, and no others than those that match.
 *
 * <p>"Now" was a moment ago, so that the first message of a topic that was just made is heard.
 * After an outage of Kafka it goes on where it was. After a fault of the listener it starts anew.
 */
public final class TopicReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofSeconds(4);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Cost: one list of all topics each time; a new node is heard this much later. */
    private static final Duration LOOKS_FOR_TOPICS = Duration.ofSeconds(1);

    /** Hears every record; called by one thread. */
    @FunctionalInterface
    public interface Listener {
        void onRecord(ConsumerRecord<byte[], byte[]> record);
    }

    private final Predicate<String> topics;
    private final boolean isOneTopic;
    private final Listener listener;
    private final ConsumerLoop loop;

    public TopicReader(String name, KafkaSettings settings, String topic, Listener listener) {
        this(name, settings, topic::equals, true, listener);
    }

    /**
     * @param topics by name
     */
    public TopicReader(
            String name, KafkaSettings settings, Predicate<String> topics, Listener listener) {
        this(name, settings, topics, false, listener);
    }

    private TopicReader(
            String name,
            KafkaSettings settings,
            Predicate<String> topics,
            boolean isOneTopic,
            Listener listener) {
        this.topics = topics;
        this.isOneTopic = isOneTopic;
        this.listener = listener;
        this.loop = new ConsumerLoop(name, settings, this::read);
    }

    public TopicReader start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void read(Loop loop, Consumer<byte[], byte[]> consumer) throws InterruptedException {
        long lastLook = System.nanoTime();
        while (!loop.isClosed()) {
            boolean hasNone = consumer.assignment().isEmpty();
            boolean isTime = System.nanoTime() - lastLook > LOOKS_FOR_TOPICS.toNanos();
            if (hasNone || isTime && !isOneTopic) {
                look(consumer);
                lastLook = System.nanoTime();
            }
            if (consumer.assignment().isEmpty()) {
                loop.pause(Duration.ofMillis(200));
            } else {
                consumer.poll(POLL).forEach(listener::onRecord);
            }
        }
    }

    /** A busy broker may not answer in time: what is read already is read on meanwhile. */
    private void look(Consumer<byte[], byte[]> consumer) {
        try {
            assign(consumer);
        } catch (TimeoutException busy) {
            LOG.debug("no list of topics: {}", busy.getMessage());
        }
    }

    /** The state service makes the topics; until it has, there is nothing to read. */
    private void assign(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> found = new HashSet<>();
        consumer.listTopics(LIMIT)
                .forEach(
                        (topic, partitions) -> {
                            if (topics.test(topic)) {
                                partitions.forEach(
                                        each ->
                                                found.add(
                                                        new TopicPartition(
                                                                topic, each.partition())));
                            }
                        });
        Set<TopicPartition> known = Set.copyOf(consumer.assignment());
        if (found.equals(known)) {
            return;
        }
        long since = System.currentTimeMillis() - MOMENT.toMillis();
        Map<TopicPartition, Long> added = new HashMap<>();
        found.stream().filter(each -> !known.contains(each)).forEach(e -> added.put(e, since));
        // Asked before they are assigned: where nobody answers, none is read from its beginning.
        Map<TopicPartition, OffsetAndTimestamp> places = consumer.offsetsForTimes(added, LIMIT);
        consumer.assign(found);
        places.forEach((partition, place) -> seek(consumer, partition, place));
    }

    private static void seek(
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            @Nullable OffsetAndTimestamp since) {
        if (since == null) {
            consumer.seekToEnd(List.of(partition));
        } else {
            consumer.seek(partition, since.offset());
        }
    }
}
