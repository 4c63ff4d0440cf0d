package dev.gantry.agent.shell.kafka;

import dev.gantry.client.queue.Backoff;
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
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads the wake-ups of this node from now on. What was missed while away is found by a list, which
 * is why {@link Connection#isUp} is called each time after the position is fixed.
 */
public final class AssignmentFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AssignmentFeed.class);
    private static final Backoff TOPIC_WAIT =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    /** Hears of every assignment; called by one thread. */
    @FunctionalInterface
    public interface Listener {
        void onAssignment(Assignment assignment);
    }

    /**
     * Hears whether the node's topics are there and ours: they come with the Node, and go with it.
     */
    public interface Connection {
        void isUp();

        void isDown();
    }

    private final String topic;
    private final Listener listener;
    private final Connection connection;
    private final ConsumerLoop loop;

    public AssignmentFeed(
            KafkaSettings settings, String node, Listener listener, Connection connection) {
        this.topic = settings.topics().assignments(node);
        this.listener = listener;
        this.connection = connection;
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
        while (!loop.isClosed()) {
            awaitTopic(loop, consumer);
            try {
                follow(loop, consumer);
            } catch (TopicAuthorizationException gone) {
                LOG.warn("{} is not ours any more: the node may have been deleted", topic);
                connection.isDown();
                loop.pause(TOPIC_WAIT.cap());
            }
        }
    }

    private void follow(Loop loop, Consumer<byte[], byte[]> consumer) {
        var partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        // A seek is lazy: only asking for the position fixes it, and then nothing is missed.
        consumer.position(partition);
        connection.isUp();
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
        int looks = 0;
        while (!consumer.listTopics(Duration.ofSeconds(10)).containsKey(topic)) {
            if (looks == 0) {
                connection.isDown();
            }
            looks++;
            loop.pause(TOPIC_WAIT.delay(looks));
        }
    }
}
