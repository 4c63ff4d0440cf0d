package dev.gantry.state.shell.kafka;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.lease.Keeping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are not there yet. What an administrator changed on them stays. */
final class TopicSet {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LARGEST_MESSAGE = String.valueOf(4 << 20);

    private final KafkaSettings settings;
    private final Duration eventsKept;
    private final Set<GroupResource> known = new HashSet<>();

    TopicSet(KafkaSettings settings, Duration eventsKept) {
        this.settings = settings;
        this.eventsKept = eventsKept;
    }

    /** Returns the resources whose change topic was not there: their objects must be told anew. */
    Set<GroupResource> makeAll() throws InterruptedException {
        Map<String, NewTopic> wanted = new TreeMap<>();
        Topics topics = settings.topics();
        queue(wanted, topics.assignments(), Duration.ofHours(1));
        queue(wanted, topics.bindings(), Duration.ofDays(1));
        queue(wanted, topics.rejectedBindings(), Duration.ofDays(1));
        queue(wanted, topics.podStatus(), Duration.ofDays(1));
        queue(wanted, topics.heartbeats(), Duration.ofHours(1));
        queue(wanted, topics.usage(), Duration.ofHours(1));
        Set<GroupResource> resources = new TreeSet<>();
        for (BuiltinKind kind : BuiltinKind.values()) {
            resources.add(kind.resource());
            changes(wanted, kind.resource());
        }
        known.addAll(resources);
        Set<String> made = make(wanted);
        resources.removeIf(each -> !made.contains(topics.changes(each)));
        return resources;
    }

    /** For resources that come later, such as those of a CustomResourceDefinition. */
    void makeFor(GroupResource resource) throws InterruptedException {
        if (known.add(resource)) {
            Map<String, NewTopic> wanted = new TreeMap<>();
            changes(wanted, resource);
            make(wanted);
        }
    }

    private Set<String> make(Map<String, NewTopic> wanted) throws InterruptedException {
        Set<String> made = new TreeSet<>();
        try (Admin admin = Admin.create(new TreeMap<String, Object>(settings.connection()))) {
            Set<String> present =
                    admin.listTopics().names().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            wanted.keySet().removeAll(present);
            var results = admin.createTopics(new ArrayList<>(wanted.values())).values();
            for (var each : results.entrySet()) {
                try {
                    each.getValue().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                    made.add(each.getKey());
                } catch (ExecutionException failed) {
                    if (!(failed.getCause() instanceof TopicExistsException)) {
                        throw failed;
                    }
                }
            }
            awaitLeaders(admin, made);
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("cannot make the topics: " + fault, fault);
        }
        return made;
    }

    /** A new partition takes a moment to be writable; asking for its end waits for that. */
    private static void awaitLeaders(Admin admin, Set<String> made)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        made.forEach(topic -> ends.put(new TopicPartition(topic, 0), OffsetSpec.latest()));
        admin.listOffsets(ends).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Compacted with a lag: at once the current state and the recent past. */
    private void changes(Map<String, NewTopic> wanted, GroupResource resource) {
        if (Keeping.of(resource) == Keeping.EVENTS) {
            NewTopic topic = topic(settings.topics().changes(resource));
            topic.configs(
                    Map.of(
                            "cleanup.policy",
                            "compact,delete",
                            "retention.ms",
                            String.valueOf(eventsKept.toMillis()),
                            "max.message.bytes",
                            LARGEST_MESSAGE));
            wanted.put(topic.name(), topic);
            return;
        }
        NewTopic topic = topic(settings.topics().changes(resource));
        topic.configs(
                Map.of(
                        "cleanup.policy", "compact",
                        "min.compaction.lag.ms", String.valueOf(Duration.ofHours(1).toMillis()),
                        "max.compaction.lag.ms", String.valueOf(Duration.ofDays(1).toMillis()),
                        "delete.retention.ms", String.valueOf(Duration.ofDays(2).toMillis()),
                        "segment.bytes", String.valueOf(64 << 20),
                        "max.message.bytes", LARGEST_MESSAGE));
        wanted.put(topic.name(), topic);
    }

    private static void queue(Map<String, NewTopic> wanted, String name, Duration kept) {
        NewTopic topic = topic(name);
        topic.configs(
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        String.valueOf(kept.toMillis()),
                        "segment.bytes",
                        String.valueOf(64 << 20),
                        "max.message.bytes",
                        LARGEST_MESSAGE));
        wanted.put(name, topic);
    }

    /** One partition, since order is the point; as many replicas as the brokers' default says. */
    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(1), Optional.empty());
    }
}
