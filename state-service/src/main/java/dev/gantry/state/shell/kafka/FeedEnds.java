package dev.gantry.state.shell.kafka;

import dev.gantry.client.shell.feed.ChangeCodec;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
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

    /** After which a broker that tells nothing is asked anew. */
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
     * @param last the last message of each topic
     */
    static Revision wholeUpTo(
            Map<GroupResource, Revision> newest,
            Revision told,
            Map<GroupResource, ChangeMessage> last) {
        Revision whole = told;
        for (var each : newest.entrySet()) {
            ChangeMessage found = last.get(each.getKey());
            Revision end = found == null ? Revision.NONE : found.revision();
            if (each.getValue().isAfter(end)) {
                LOG.warn(
                        "Kafka has lost what it confirmed: {} end with revision {}, and {} was told",
                        each.getKey(),
                        end,
                        each.getValue());
                whole = whole.isAfter(end) ? end : whole;
            }
        }
        return whole;
    }

    /** The last message of each resource; none where the topic's last record is not one of ours. */
    Map<GroupResource, ChangeMessage> last(Set<GroupResource> resources) {
        Map<GroupResource, ChangeMessage> found = new TreeMap<>();
        read(
                resources,
                (consumer, ends) ->
                        ends.forEach((partition, end) -> consumer.seek(partition, end - 1)),
                each -> found.put(each.key().resource(), each));
        return found;
    }

    /** All that the topics of these resources tell, each of them in its order. */
    void all(Set<GroupResource> resources, Consumer<ChangeMessage> listener) {
        read(resources, (consumer, ends) -> consumer.seekToBeginning(ends.keySet()), listener);
    }

    /** Where a reader begins. */
    private interface Start {
        void seek(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends);
    }

    private void read(Set<GroupResource> resources, Start start, Consumer<ChangeMessage> listener) {
        Set<TopicPartition> wanted = new HashSet<>();
        resources.forEach(
                each -> wanted.add(new TopicPartition(settings.topics().changes(each), 0)));
        try (var consumer =
                new KafkaConsumer<>(
                        settings.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(wanted);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(wanted));
            ends.values().removeIf(end -> end == 0);
            consumer.assign(ends.keySet());
            start.seek(consumer, ends);
            long lastNews = System.nanoTime();
            while (ends.entrySet().stream()
                    .anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                if (System.nanoTime() - lastNews > LIMIT.toNanos()) {
                    throw new IllegalStateException("Kafka does not tell its topics up to " + ends);
                }
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    lastNews = System.nanoTime();
                    decode(each).ifPresent(listener);
                }
            }
        }
    }

    /** Empty where it is no record of ours. */
    private Optional<ChangeMessage> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return settings.topics()
                    .resourceOfChanges(record.topic())
                    .map(resource -> ChangeCodec.decode(resource, record));
        } catch (RuntimeException foreign) {
            return Optional.empty();
        }
    }
}
