package dev.gantry.state.shell.kafka;

import dev.gantry.client.shell.feed.ChangeCodec;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka still has of what it once confirmed. A broker confirms before its disk has it, and
 * relies on the other replicas: where there is none, or where all of them lost power at once, the
 * last seconds are gone, while the relay has noted them as told.
 *
 * <p>Each topic is told in the order of revisions, so that its last record says how far it goes.
 */
final class FeedEnds {
    private static final Logger LOG = LoggerFactory.getLogger(FeedEnds.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(250);

    private final KafkaSettings settings;

    FeedEnds(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Up to where nothing is missing.
     *
     * @param newest the last revision of each resource that was told, of topics that are there
     * @param told up to here all was told
     */
    Revision wholeUpTo(Map<GroupResource, Revision> newest, Revision told) {
        Map<GroupResource, Revision> found = read(newest);
        Revision whole = told;
        for (var each : newest.entrySet()) {
            Revision last = found.getOrDefault(each.getKey(), Revision.NONE);
            if (each.getValue().isAfter(last)) {
                LOG.warn(
                        "Kafka has lost what it confirmed: {} end with revision {}, and {} was told",
                        each.getKey(),
                        last,
                        each.getValue());
                whole = whole.isAfter(last) ? last : whole;
            }
        }
        return whole;
    }

    private Map<GroupResource, Revision> read(Map<GroupResource, Revision> newest) {
        Map<TopicPartition, GroupResource> wanted = new HashMap<>();
        newest.keySet()
                .forEach(
                        each ->
                                wanted.put(
                                        new TopicPartition(settings.topics().changes(each), 0),
                                        each));
        try (var consumer =
                new KafkaConsumer<>(
                        settings.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            return lastRevisions(consumer, wanted);
        }
    }

    private static Map<GroupResource, Revision> lastRevisions(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, GroupResource> wanted) {
        Map<GroupResource, Revision> found = new TreeMap<>();
        consumer.assign(wanted.keySet());
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(wanted.keySet()));
        ends.values().removeIf(end -> end == 0);
        consumer.assign(ends.keySet());
        ends.forEach((partition, end) -> consumer.seek(partition, end - 1));
        long begun = System.nanoTime();
        while (ends.entrySet().stream()
                .anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
            if (System.nanoTime() - begun > LIMIT.toNanos()) {
                throw new IllegalStateException("Kafka does not tell how its topics end: " + ends);
            }
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                var partition = new TopicPartition(each.topic(), each.partition());
                GroupResource resource = Objects.requireNonNull(wanted.get(partition));
                revision(resource, each).forEach(one -> found.put(resource, one));
            }
        }
        return found;
    }

    /** Empty where it is no record of ours. */
    private static List<Revision> revision(
            GroupResource resource, ConsumerRecord<byte[], byte[]> record) {
        try {
            return List.of(ChangeCodec.decode(resource, record).revision());
        } catch (RuntimeException foreign) {
            return List.of();
        }
    }
}
