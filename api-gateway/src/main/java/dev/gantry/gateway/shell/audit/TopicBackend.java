package dev.gantry.gateway.shell.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Listening;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.audit.AuditEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * One record an event, keyed by who asked: what one user did stands in its order, however many
 * partitions an administrator gives the topic.
 */
final class TopicBackend implements AuditBackend {
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LAST_TIMEOUT = Duration.ofSeconds(3);

    /** How long a send waits for a broker; the events that come meanwhile wait in the buffer. */
    private static final int LONGEST_BLOCK_MILLIS = 2_000;

    private final KafkaSettings settings;
    private final AuditCounts counts;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    TopicBackend(KafkaSettings settings, AuditCounts counts) {
        this.settings = settings;
        this.counts = counts;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void write(List<AuditEvent> batch, Loop loop) throws InterruptedException {
        try {
            KafkaProducer<byte[], byte[]> current = producer;
            if (current == null) {
                current = open(loop);
                producer = current;
            }
            settle(sendAll(batch, current), Duration.ofHours(1));
        } catch (InterruptException closing) {
            throw new InterruptedException("the gateway is closing");
        }
    }

    @Override
    public void writeLast(List<AuditEvent> batch) throws IOException {
        if (producer == null) {
            throw new IOException("Kafka was never reached");
        }
        try {
            settle(sendAll(batch, producer), LAST_TIMEOUT);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("the gateway is closing", hurried);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(LAST_TIMEOUT);
        }
    }

    /** The state service makes the topic; until it has, events wait. */
    private KafkaProducer<byte[], byte[]> open(Loop loop) throws InterruptedException {
        Listening.await(loop, settings.brokers());
        Map<String, Object> properties = settings.producer();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        var made =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        while (!hasTopic(made)) {
            if (!loop.pause(RETRY)) {
                made.close(Duration.ZERO);
                throw new InterruptedException("the gateway is closing");
            }
        }
        return made;
    }

    private boolean hasTopic(KafkaProducer<byte[], byte[]> asked) {
        try {
            return !asked.partitionsFor(settings.topics().audit()).isEmpty();
        } catch (RetriableException notYet) {
            return false;
        }
    }

    private List<Future<RecordMetadata>> sendAll(
            List<AuditEvent> batch, KafkaProducer<byte[], byte[]> to) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (AuditEvent each : batch) {
            byte[] key = each.user().getBytes(UTF_8);
            byte[] value = each.toTree().toString().getBytes(UTF_8);
            sent.add(to.send(new ProducerRecord<>(settings.topics().audit(), key, value)));
        }
        return sent;
    }

    /** Kafka's client sends again what did not arrive, and gives up after two minutes. */
    private void settle(List<Future<RecordMetadata>> sent, Duration longest)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        int lost = 0;
        String why = "";
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException fault) {
                lost++;
                why = fault.toString();
            }
        }
        if (lost > 0) {
            counts.addLost(name(), lost, why);
        }
    }
}
