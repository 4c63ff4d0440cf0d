package dev.gantry.client.shell.kafka;

import dev.gantry.client.shell.loop.Listening;
import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The life of a Kafka consumer: a body that reads until the loop is closed, with a consumer that is
 * closed in good order whatever ends the body. After a fault both begin anew, and also where Kafka
 * has become another cluster.
 */
public final class ConsumerLoop implements AutoCloseable {
    /** For the last offsets of a group. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    /** Reads until the loop is closed. */
    @FunctionalInterface
    public interface Body {
        void read(Loop loop, Consumer<byte[], byte[]> consumer) throws Exception;
    }

    private final KafkaSettings settings;
    private final Duration longestFetch;
    private final Body body;
    private final Loop loop;

    /**
     * @param longestFetch see {@link KafkaSettings#consumer(Duration)}
     */
    public ConsumerLoop(String name, KafkaSettings settings, Duration longestFetch, Body body) {
        this.settings = settings;
        this.longestFetch = longestFetch;
        this.body = body;
        this.loop = new Loop(name, this::run);
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /**
     * Runs the body once with a consumer of its own: for a loop that reads only at times.
     *
     * @param properties those of {@link KafkaSettings#consumer}, perhaps with a group
     */
    public static void read(Map<String, Object> properties, Loop loop, Body body) throws Exception {
        var consumer =
                new KafkaConsumer<>(
                        properties, new KeysOfOneCluster(), new ByteArrayDeserializer());
        try {
            body.read(loop, consumer);
        } catch (WakeupException | InterruptException closing) {
            throw new InterruptedException("the reader is closing");
        } finally {
            boolean _ = Thread.interrupted(); // else the consumer cannot close in good order
            boolean hasGroup = properties.containsKey(ConsumerConfig.GROUP_ID_CONFIG);
            // One without a group would wait for nothing but the answer to its last fetch.
            consumer.close(CloseOptions.timeout(hasGroup ? CLOSING : Duration.ZERO));
        }
    }

    private void run() throws Exception {
        read(settings.consumer(longestFetch), loop, this::readOnceThereIsABroker);
    }

    private void readOnceThereIsABroker(Loop loop, Consumer<byte[], byte[]> consumer)
            throws Exception {
        Listening.await(loop, settings.brokers());
        body.read(loop, consumer);
    }
}
