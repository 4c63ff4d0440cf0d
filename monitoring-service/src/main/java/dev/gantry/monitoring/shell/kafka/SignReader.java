package dev.gantry.monitoring.shell.kafka;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.kafka.TopicReader;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.Usage;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Reads signs of life and usage into the books. */
public final class SignReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignReader.class);

    private final PulseBook pulses;
    private final UsageBook usages;
    private final Consumer<String> onNews;
    private final TopicReader heartbeats;
    private final TopicReader usage;

    /**
     * @param onNews hears the names of nodes whose health may be another now
     */
    public SignReader(
            KafkaSettings settings, PulseBook pulses, UsageBook usages, Consumer<String> onNews) {
        this.pulses = pulses;
        this.usages = usages;
        this.onNews = onNews;
        var topics = settings.topics();
        this.heartbeats =
                new TopicReader("heartbeats", settings, topics.heartbeats(), this::onHeartbeat);
        this.usage = new TopicReader("usage", settings, topics.usage(), this::onUsage);
    }

    public void start() {
        heartbeats.start();
        usage.start();
    }

    @Override
    public void close() {
        heartbeats.close();
        usage.close();
    }

    private void onHeartbeat(ConsumerRecord<byte[], byte[]> record) {
        try {
            Heartbeat beat = MessageCodec.decode(record.value(), Heartbeat.class);
            if (beat.node().equals(EchoSender.NOBODY)) {
                pulses.echo(Instant.now());
            } else if (pulses.beat(beat, Instant.now())) {
                onNews.accept(beat.node());
            }
        } catch (JacksonException malformed) {
            LOG.warn("Skipped a malformed heartbeat at offset {}", record.offset(), malformed);
        }
    }

    private void onUsage(ConsumerRecord<byte[], byte[]> record) {
        try {
            usages.put(MessageCodec.decode(record.value(), Usage.class));
        } catch (JacksonException malformed) {
            LOG.warn("Skipped a malformed usage at offset {}", record.offset(), malformed);
        }
    }
}
