package dev.gantry.client.shell.feed;

import dev.gantry.client.shell.kafka.ConsumerLoop;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the change topics of some resources from their beginning and stays on them.
 *
 * <p>A compacted topic read to its end is a LIST, and going on from there a WATCH. After a Kafka
 * outage the same consumer resumes at its position; should its topics have been made anew, it
 * starts over, and what was delivered already is told apart by revision.
 *
 * <p>A record that is none of ours, or that the listener can make nothing of, is left out and told
 * in the log. It would be so forever: whoever began anew would come to it again, and hear nothing
 * behind it.
 */
public final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    /** Until it has caught up: of topics that are empty, no record says so. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final int GRAVES = 50_000;

    private final Map<String, GroupResource> resources = new ConcurrentHashMap<>();

    /** Topics that are to be read, too, once they are there. */
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();

    private final KafkaSettings settings;
    private final Duration longestFetch;
    private final FeedListener listener;
    private final Map<ObjectKey, Revision> delivered = new HashMap<>();

    /** Objects that are gone, the longest gone first: so that a repeated record revives none. */
    private final Map<ObjectKey, Revision> graves = new LinkedHashMap<>();

    private final ConsumerLoop loop;
    private boolean caughtUp;

    /** Of these resources and no others. */
    public ChangeFeed(
            String name, KafkaSettings settings, Set<GroupResource> wanted, FeedListener listener) {
        this(name, settings, KafkaSettings.LONG_FETCH, wanted, listener);
    }

    private ChangeFeed(
            String name,
            KafkaSettings settings,
            Duration longestFetch,
            Set<GroupResource> wanted,
            FeedListener listener) {
        this.listener = listener;
        this.settings = settings;
        this.longestFetch = longestFetch;
        for (GroupResource resource : new TreeSet<>(wanted)) {
            resources.put(settings.topics().changes(resource), resource);
        }
        this.loop = new ConsumerLoop(name + "-feed", settings, longestFetch, this::read);
    }

    /** To which further resources will come: see {@link #follow}. */
    public static ChangeFeed growing(
            String name, KafkaSettings settings, Set<GroupResource> first, FeedListener listener) {
        return new ChangeFeed(name, settings, KafkaSettings.MEDIUM_FETCH, first, listener);
    }

    public ChangeFeed start() {
        loop.start();
        return this;
    }

    /** Reads a further resource from its beginning. It may be called at any time, and again. */
    public void follow(GroupResource resource) {
        String topic = settings.topics().changes(resource);
        if (resources.putIfAbsent(topic, resource) == null) {
            awaited.add(topic);
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private void read(Loop loop, Consumer<byte[], byte[]> consumer) throws InterruptedException {
        List<TopicPartition> partitions = awaitTopics(loop, consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        while (!loop.isClosed()) {
            for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(caughtUp ? longestFetch : POLL)) {
                deliver(record);
            }
            join(consumer, ends);
            if (!caughtUp && ends.entrySet().stream().allMatch(e -> isPast(consumer, e))) {
                caughtUp = true;
                listener.onCaughtUp();
            }
        }
    }

    /**
     * Reads those of the awaited topics that are there. The state service makes a topic before it
     * tells of the definition, so that one that is not there yet is rare.
     */
    private void join(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        if (awaited.isEmpty()) {
            return;
        }
        Set<TopicPartition> all = new HashSet<>(consumer.assignment());
        List<TopicPartition> further = partitionsOf(consumer, awaited);
        if (further.isEmpty()) {
            return;
        }
        all.addAll(further);
        consumer.assign(all);
        consumer.seekToBeginning(further);
        ends.putAll(consumer.endOffsets(further));
        further.forEach(each -> awaited.remove(each.topic()));
    }

    private static boolean isPast(
            Consumer<byte[], byte[]> consumer, Map.Entry<TopicPartition, Long> end) {
        return consumer.position(end.getKey()) >= end.getValue();
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        GroupResource resource = resources.get(record.topic());
        if (resource == null) {
            return;
        }
        try {
            deliver(ChangeCodec.decode(resource, record));
        } catch (RuntimeException malformed) {
            LOG.error("left out {}@{}", record.topic(), record.offset(), malformed);
        }
    }

    private void deliver(ChangeMessage change) {
        ObjectKey key = change.key();
        Revision last = delivered.getOrDefault(key, graves.getOrDefault(key, Revision.NONE));
        if (!change.revision().isAfter(last)) {
            return;
        }
        if (change.body() == null) {
            delivered.remove(key);
            bury(key, change.revision());
        } else {
            graves.remove(key);
            delivered.put(key, change.revision());
        }
        listener.onChange(change);
    }

    /** Cost: bounded, since names that come and go for years would fill the memory. */
    private void bury(ObjectKey key, Revision revision) {
        graves.remove(key);
        graves.put(key, revision);
        if (graves.size() > GRAVES) {
            var longestGone = graves.keySet().iterator();
            longestGone.next();
            longestGone.remove();
        }
    }

    /** The state service makes the topics; until it has, there is nothing to read. */
    private List<TopicPartition> awaitTopics(Loop loop, Consumer<byte[], byte[]> consumer)
            throws InterruptedException {
        Set<String> wanted = new TreeSet<>(resources.keySet());
        wanted.removeAll(awaited);
        while (true) {
            List<TopicPartition> found = partitionsOf(consumer, wanted);
            Set<String> missing = new TreeSet<>(wanted);
            found.forEach(each -> missing.remove(each.topic()));
            if (missing.isEmpty()) {
                return found;
            }
            loop.pause(Duration.ofMillis(200));
        }
    }

    private static List<TopicPartition> partitionsOf(
            Consumer<byte[], byte[]> consumer, Set<String> topics) {
        List<TopicPartition> found = new ArrayList<>();
        consumer.listTopics(Duration.ofSeconds(10))
                .forEach(
                        (topic, partitions) -> {
                            if (topics.contains(topic)) {
                                partitions.forEach(
                                        p -> found.add(new TopicPartition(topic, p.partition())));
                            }
                        });
        return found;
    }
}
