package dev.gantry.agent.shell.kafka;

import dev.gantry.client.shell.kafka.ConsumerLoop;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Assignment;
import dev.gantry.model.message.MessageCodec;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads the wake-ups of this node from now on. What was missed while away is found by a list, which
 * is why {@code onConnected} is called each time after the position is fixed.
 */
public final class AssignmentFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AssignmentFeed.class);
    private static final Duration TOPIC_WAIT = Duration.ofMillis(200);

    /** Hears of every assignment; called by one thread. */
    @FunctionalInterface
    public interface Listener {
        void onAssignment(Assignment assignment);
    }

    private final String topic;
    private final Listener listener;
    private final Runnable onConnected;
    private final ConsumerLoop loop;

    public AssignmentFeed(
            KafkaSettings settings, String node, Listener listener, Runnable onConnected) {
        this.topic = settings.topics().assignments(node);
        this.listener = listener;
        this.onConnected = onConnected;
        this.loop = new ConsumerLoop("assignments", settings, KafkaSettings.LONG_FETCH, this::read);
    }

    public AssignmentFeed start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void read(Loop loop, Consumer<byte[], byte[]> consumer) throws InterruptedException {
        awaitTopic(loop, consumer);
        var partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        // A seek is lazy: only asking for the position fixes it, and then nothing is missed.
        consumer.position(partition);
        onConnected.run();
        while (!loop.isClosed()) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(KafkaSettings.LONG_FETCH)) {
                deliver(each);
            }
        }
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            listener.onAssignment(MessageCodec.decode(record.value(), Assignment.class));
        } catch (JacksonException malformed) {
            LOG.warn("no assignment at {}-{}", record.topic(), record.offset(), malformed);
        }
    }

    /** It is made, and may be read by us, once the node is registered. */
    private void awaitTopic(Loop loop, Consumer<byte[], byte[]> consumer)
            throws InterruptedException {
        while (!consumer.listTopics(Duration.ofSeconds(10)).containsKey(topic)) {
            loop.pause(TOPIC_WAIT);
        }
    }
}
