package dev.gantry.monitoring.shell.kafka;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.kafka.TopicReader;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.Topics;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Reads heartbeats into the registry, and the echo on the same way. */
public final class HeartbeatReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatReader.class);

    private final Topics topics;
    private final HeartbeatRegistry heartbeats;
    private final Consumer<String> onNews;
    private final TopicReader reader;

    /**
     * @param nodes whose heartbeats are read
     * @param onNews hears the names of nodes whose health may be another now
     */
    public HeartbeatReader(
            KafkaSettings settings,
            AgentNodes nodes,
            HeartbeatRegistry heartbeats,
            Consumer<String> onNews) {
        this.topics = settings.topics();
        this.heartbeats = heartbeats;
        this.onNews = onNews;
        this.reader =
                new TopicReader(
                        "heartbeats",
                        settings,
                        nodes.topics(topics::heartbeats, Set.of(topics.echo())),
                        this::onRecord);
    }

    public void start() {
        reader.start();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void onRecord(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.echo())) {
            heartbeats.echo(Instant.now());
        } else {
            onHeartbeat(record);
        }
    }

    /** The topic says which node speaks, and the message has to agree. */
    void onHeartbeat(ConsumerRecord<byte[], byte[]> record) {
        try {
            Heartbeat beat = MessageCodec.decode(record.value(), Heartbeat.class);
            if (!topics.heartbeats(beat.node()).equals(record.topic())) {
                LOG.warn(
                        "Skipped a heartbeat in the name of {} on {}", beat.node(), record.topic());
            } else if (heartbeats.beat(beat, Instant.now())) {
                onNews.accept(beat.node());
            }
        } catch (JacksonException malformed) {
            LOG.warn("Skipped a malformed heartbeat at offset {}", record.offset(), malformed);
        }
    }
}
