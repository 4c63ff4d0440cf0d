package dev.gantry.client.shell.kafka;

import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
 * heartbeats. Those that are not there yet are read as soon as they are.
 *
 * <p>"Now" was a moment ago, so that the first message of a topic that was just made is heard.
 * After an outage of Kafka it goes on where it was. A record that the listener can make nothing of
 * is left out: whoever may write one must not silence all the others.
 */
public final class TopicReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration MOMENT = Duration.ofSeconds(4);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Cost: one list of all topics each time, but only while some are missing. */
    private static final Duration LOOKS_FOR_TOPICS = Duration.ofSeconds(1);

    /** Hears every record; called by one thread. */
    @FunctionalInterface
    public interface Listener {
        void onRecord(ConsumerRecord<byte[], byte[]> record);
    }

    private final Duration longestFetch;
    private final Supplier<Set<String>> topics;
    private final Listener listener;
    private final ConsumerLoop loop;

    public TopicReader(String name, KafkaSettings settings, String topic, Listener listener) {
        this(name, settings, KafkaSettings.LONG_FETCH, always(topic), listener);
    }

    /**
     * @param topics the same set until there are others
     */
    public TopicReader(
            String name, KafkaSettings settings, Supplier<Set<String>> topics, Listener listener) {
        this(name, settings, KafkaSettings.MEDIUM_FETCH, topics, listener);
    }

    private TopicReader(
            String name,
            KafkaSettings settings,
            Duration longestFetch,
            Supplier<Set<String>> topics,
            Listener listener) {
        this.longestFetch = longestFetch;
        this.topics = topics;
        this.listener = listener;
        this.loop = new ConsumerLoop(name, settings, longestFetch, this::read);
    }

    private static Supplier<Set<String>> always(String topic) {
        Set<String> one = Set.of(topic);
        return () -> one;
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
        Set<String> read = Set.of();
        long lastLook = System.nanoTime() - LOOKS_FOR_TOPICS.toNanos();
        while (!loop.isClosed()) {
            Set<String> wanted = topics.get();
            boolean isTime = System.nanoTime() - lastLook >= LOOKS_FOR_TOPICS.toNanos();
            if (wanted != read && (isTime || consumer.assignment().isEmpty())) {
                read = look(consumer, wanted) ? wanted : read;
                lastLook = System.nanoTime();
            }
            if (consumer.assignment().isEmpty()) {
                loop.pause(Duration.ofMillis(200));
            } else {
                consumer.poll(longestFetch).forEach(this::deliver);
            }
        }
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        try {
            listener.onRecord(record);
        } catch (RuntimeException malformed) {
            LOG.warn("left out {}@{}", record.topic(), record.offset(), malformed);
        }
    }

    /**
     * Returns whether all that are wanted are read now. A busy broker may not answer in time: what
     * is read already is read on meanwhile.
     */
    private boolean look(Consumer<byte[], byte[]> consumer, Set<String> wanted) {
        try {
            return assign(consumer, wanted);
        } catch (TimeoutException busy) {
            LOG.debug("no list of topics: {}", busy.getMessage());
            return false;
        }
    }

    /** The state service makes the topics; until it has, there is nothing to read. */
    private static boolean assign(Consumer<byte[], byte[]> consumer, Set<String> wanted) {
        Set<TopicPartition> found = new HashSet<>();
        Set<String> there = new HashSet<>();
        consumer.listTopics(LIMIT)
                .forEach(
                        (topic, partitions) -> {
                            if (wanted.contains(topic)) {
                                there.add(topic);
                                partitions.forEach(
                                        each ->
                                                found.add(
                                                        new TopicPartition(
                                                                topic, each.partition())));
                            }
                        });
        Set<TopicPartition> known = Set.copyOf(consumer.assignment());
        if (!found.equals(known)) {
            read(consumer, found, known);
        }
        return there.size() == wanted.size();
    }

    private static void read(
            Consumer<byte[], byte[]> consumer,
            Set<TopicPartition> found,
            Set<TopicPartition> known) {
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
