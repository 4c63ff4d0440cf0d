package dev.gantry.agent.shell.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.edge.StatusSink;
import dev.gantry.agent.shell.log.FailureLog;
import dev.gantry.agent.status.StatusMessages;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.message.Usage;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what this node has to say.
 *
 * <p>A newer status of a pod replaces one that waits, so a long outage of Kafka costs one message
 * for each pod. What is large for the messages in it is sent with short ones; what Kafka will not
 * take for its size is told to whoever hears of {@link Refusals}, and not tried again.
 */
public final class NodeReports implements StatusSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeReports.class);
    private static final Duration BLOCKS = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMillis(500);

    /** Of the 3 MiB that an object may have, most is for what others say of the pod. */
    private static final int LARGE_BYTES = 1 << 20;

    /** Hears of reports that will never arrive; called by any thread, and returns at once. */
    @FunctionalInterface
    public interface Refusals {
        void onRefused(PodStatusReport report, String why);
    }

    private final KafkaSettings settings;
    private final Refusals refusals;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Uid, PodStatusReport> waiting = new LinkedHashMap<>();
    private volatile @Nullable Heartbeat unsent;
    private boolean isOpen;
    private volatile boolean hasFailed;
    private final FailureLog failures = new FailureLog(LOG, "sending the status of pods");
    private final Loop loop = new Loop("pod-status", this::run);

    public NodeReports(KafkaSettings settings, Refusals refusals) {
        this.settings = settings;
        this.refusals = refusals;
        Map<String, Object> all = settings.producer();
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKS.toMillis());
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L << 20);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        this.producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public NodeReports start() {
        loop.start();
        return this;
    }

    @Override
    public void report(PodStatusReport report) {
        synchronized (waiting) {
            waiting.put(report.uid(), report);
            waiting.notifyAll();
        }
    }

    /** To be called once the node's topics are there and may be written; nothing is sent before. */
    public void open() {
        synchronized (waiting) {
            isOpen = true;
            waiting.notifyAll();
        }
        Heartbeat last = unsent;
        if (last != null) {
            beat(last);
        }
    }

    /** What comes from now on waits: Kafka would refuse it, again and again. */
    public void shut() {
        synchronized (waiting) {
            isOpen = false;
        }
    }

    public void beat(Heartbeat heartbeat) {
        if (!isOpen()) {
            unsent = heartbeat;
            return;
        }
        sendOnce(settings.topics().heartbeats(heartbeat.node()), heartbeat.node(), heartbeat);
    }

    public void use(Usage usage) {
        if (isOpen()) {
            sendOnce(settings.topics().usage(usage.node()), usage.node(), usage);
        }
    }

    @Override
    public void close() {
        loop.close();
        producer.close(Duration.ofSeconds(1));
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            PodStatusReport next = next();
            try {
                send(next);
            } catch (KafkaException fault) {
                failed(next, fault);
            }
            if (hasFailed) {
                hasFailed = false;
                loop.pause(RETRY);
            }
        }
    }

    /** Cost: not waited for, so many go in one batch; the callback puts back what failed. */
    private void send(PodStatusReport report) {
        var record =
                new ProducerRecord<>(
                        settings.topics().podStatus(report.node()),
                        report.uid().value().getBytes(UTF_8),
                        encoded(report));
        producer.send(
                record,
                (_, fault) -> {
                    if (fault == null) {
                        failures.worked();
                    } else {
                        failed(report, fault);
                    }
                });
    }

    private static byte[] encoded(PodStatusReport report) {
        byte[] whole = MessageCodec.encode(report);
        if (whole.length <= LARGE_BYTES) {
            return whole;
        }
        StatusMessages.shorten(report.status());
        return MessageCodec.encode(report);
    }

    private void failed(PodStatusReport report, Exception fault) {
        if (fault instanceof RecordTooLargeException) {
            String why = String.valueOf(fault.getMessage());
            LOG.warn(
                    "the status of pod {}/{} is not reported: {}",
                    report.namespace(),
                    report.name(),
                    why);
            refusals.onRefused(report, why);
            return;
        }
        failures.failed(fault);
        hasFailed = true;
        giveBack(report);
    }

    private PodStatusReport next() throws InterruptedException {
        synchronized (waiting) {
            Optional<PodStatusReport> found = first();
            while (found.isEmpty() || !isOpen) {
                waiting.wait();
                found = first();
            }
            waiting.remove(found.get().uid());
            return found.get();
        }
    }

    private boolean isOpen() {
        synchronized (waiting) {
            return isOpen;
        }
    }

    private Optional<PodStatusReport> first() {
        return waiting.values().stream().findFirst();
    }

    /** Unless a newer one came meanwhile. */
    private void giveBack(PodStatusReport report) {
        synchronized (waiting) {
            waiting.putIfAbsent(report.uid(), report);
            waiting.notifyAll();
        }
    }

    private void sendOnce(String topic, String key, Object message) {
        try {
            producer.send(
                    new ProducerRecord<>(topic, key.getBytes(UTF_8), MessageCodec.encode(message)),
                    (_, fault) -> {
                        if (fault != null) {
                            LOG.debug("{} was not sent: {}", topic, fault.getMessage());
                        }
                    });
        } catch (KafkaException away) {
            LOG.debug("{} was not sent: {}", topic, away.getMessage());
        }
    }
}
