package dev.gantry.state.shell.kafka;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.ResourceTraits;
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
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are not there yet. What an administrator changed on them stays. */
final class TopicSet {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final int MOST_TRIES = 100;

    private static final String LARGEST_MESSAGE = String.valueOf(4 << 20);

    private final KafkaSettings settings;
    private final ResourceTraits traits;
    private final Duration eventsKept;
    private final Loop loop;
    private final Set<GroupResource> known = new HashSet<>();

    /**
     * @param loop on which all is called: it ends the waiting
     */
    TopicSet(KafkaSettings settings, ResourceTraits traits, Duration eventsKept, Loop loop) {
        this.traits = traits;
        this.loop = loop;
        this.settings = settings;
        this.eventsKept = eventsKept;
    }

    /** Returns whether nothing was ever told. */
    boolean makeAll() throws InterruptedException {
        known.clear(); // of a Kafka that may have lost them since
        Map<String, NewTopic> wanted = new TreeMap<>();
        Topics topics = settings.topics();
        queue(wanted, topics.bindings(), Duration.ofDays(1));
        queue(wanted, topics.rejectedBindings(), Duration.ofDays(1));
        queue(wanted, topics.echo(), Duration.ofHours(1));
        queue(wanted, topics.audit(), Duration.ofDays(7));
        for (GroupResource resource : traits.resources()) {
            changes(wanted, resource);
            known.add(resource);
        }
        Map<GroupResource, Long> ends = make(wanted);
        try (Admin admin = Admin.create(settings.client())) {
            Rights.grant(admin, new Rights(topics).ofServices());
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("cannot give out rights on Kafka: " + fault, fault);
        }
        return ends.values().stream().allMatch(end -> end == 0);
    }

    /**
     * Those resources whose change topics hold something, whether or not there still are such
     * objects. Those that are given have a topic then.
     */
    Set<GroupResource> makeAndFindTold(Set<GroupResource> resources) throws InterruptedException {
        Map<String, NewTopic> wanted = new TreeMap<>();
        resources.forEach(resource -> changes(wanted, resource));
        known.addAll(resources);
        Map<GroupResource, Long> ends = make(wanted);
        ends.values().removeIf(end -> end == 0);
        return ends.keySet();
    }

    /** For resources that come later, such as those of a CustomResourceDefinition. */
    void makeFor(GroupResource resource) throws InterruptedException {
        if (known.add(resource)) {
            Map<String, NewTopic> wanted = new TreeMap<>();
            changes(wanted, resource);
            make(wanted);
        }
    }

    void makeForServed() throws InterruptedException {
        for (GroupResource each : traits.resources()) {
            makeFor(each);
        }
    }

    /** Returns where each change topic ends, also of those that were there before. */
    private Map<GroupResource, Long> make(Map<String, NewTopic> wanted)
            throws InterruptedException {
        try (Admin admin = Admin.create(settings.client())) {
            Set<String> there = admin.listTopics().names().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            Set<String> all = new TreeSet<>(wanted.keySet());
            all.addAll(there);
            wanted.keySet().removeAll(there);
            for (var each :
                    admin.createTopics(new ArrayList<>(wanted.values())).values().values()) {
                await(each, TopicExistsException.class);
            }
            return ends(admin, all);
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("cannot make the topics: " + fault, fault);
        }
    }

    /**
     * @param tolerated what says that there was nothing to do
     */
    static void await(KafkaFuture<Void> change, Class<? extends Exception> tolerated)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            change.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (!tolerated.isInstance(failed.getCause())) {
                throw failed;
            }
        }
    }

    /**
     * A new partition takes a moment to be known and writable; asking for its end waits for that.
     */
    private Map<GroupResource, Long> ends(Admin admin, Set<String> all)
            throws InterruptedException, ExecutionException, TimeoutException {
        Topics topics = settings.topics();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        all.stream()
                .filter(each -> topics.resourceOfChanges(each).isPresent())
                .forEach(each -> asked.put(new TopicPartition(each, 0), OffsetSpec.latest()));
        Map<GroupResource, Long> found = new TreeMap<>();
        for (int tries = 1; ; tries++) {
            try {
                admin.listOffsets(asked)
                        .all()
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .forEach(
                                (partition, end) ->
                                        topics.resourceOfChanges(partition.topic())
                                                .ifPresent(each -> found.put(each, end.offset())));
                return found;
            } catch (ExecutionException early) {
                boolean isEarly = early.getCause() instanceof RetriableException;
                if (!isEarly || tries == MOST_TRIES || !loop.pause(RETRY)) {
                    throw early;
                }
            }
        }
    }

    /** Compacted with a lag: at once the current state and the recent past. */
    private void changes(Map<String, NewTopic> wanted, GroupResource resource) {
        if (traits.durability(resource) == Durability.EVENTS) {
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
        wanted.put(name, queue(name, kept, 64 << 20));
    }

    /** Cost: there are four for each node, so their files stay small. */
    static NewTopic ofNode(String name, Duration kept) {
        return queue(name, kept, 8 << 20);
    }

    private static NewTopic queue(String name, Duration kept, int segmentBytes) {
        return topic(name)
                .configs(
                        Map.of(
                                "cleanup.policy",
                                "delete",
                                "retention.ms",
                                String.valueOf(kept.toMillis()),
                                "segment.bytes",
                                String.valueOf(segmentBytes),
                                "max.message.bytes",
                                LARGEST_MESSAGE));
    }

    /** One partition where order is the point; as many replicas as the brokers' default says. */
    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(1), Optional.empty());
    }
}
