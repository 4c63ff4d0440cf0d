package dev.gantry.monitoring.shell.kafka;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.kafka.TopicReader;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.Topics;
import dev.gantry.model.message.Usage;
import dev.gantry.monitoring.usage.NodeRates;
import dev.gantry.monitoring.usage.NodeUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps what each node last said it uses. Written by the reader's thread, read by any.
 *
 * <p>Cost: one sample per node and a rate per container: some 300 bytes each.
 */
public final class UsageReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageReader.class);

    /** Agents report every ten seconds. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final Topics topics;
    private final Map<String, NodeUsage> usages = new ConcurrentHashMap<>();
    private final TopicReader reader;

    /**
     * @param nodes whose usage is read
     */
    public UsageReader(KafkaSettings settings, AgentNodes nodes) {
        this.topics = settings.topics();
        this.reader =
                new TopicReader(
                        "usage", settings, nodes.topics(topics::usage, Set.of()), this::onUsage);
    }

    public void start() {
        reader.start();
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Empty where the node has said nothing for a while, or only once. */
    public Optional<NodeRates> rates(String node, Instant now) {
        return Optional.ofNullable(usages.get(node))
                .flatMap(NodeUsage::rates)
                .filter(each -> each.at().plus(RECENT).isAfter(now));
    }

    public void forget(String node) {
        usages.remove(node);
    }

    /** The topic says which node speaks, and the message has to agree. */
    void onUsage(ConsumerRecord<byte[], byte[]> message) {
        try {
            Usage usage = MessageCodec.decode(message.value(), Usage.class);
            if (!topics.usage(usage.node()).equals(message.topic())) {
                LOG.warn("Skipped usage in the name of {} on {}", usage.node(), message.topic());
                return;
            }
            usages.compute(
                    usage.node(),
                    (_, known) -> known == null ? NodeUsage.first(usage) : known.next(usage));
        } catch (JacksonException malformed) {
            LOG.warn("Skipped malformed usage at offset {}", message.offset(), malformed);
        }
    }
}
