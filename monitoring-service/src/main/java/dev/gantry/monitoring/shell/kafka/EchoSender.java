package dev.gantry.monitoring.shell.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.message.MessageCodec;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.node.JsonNodeFactory;

/** Sends heartbeats of no node, so that it is noticed when none could be received. */
public final class EchoSender implements AutoCloseable {
    /** No node has this name. */
    static final String NOBODY = "";

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final Loop loop = new Loop("echo", this::run);

    public EchoSender(KafkaSettings settings) {
        this.settings = settings;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws Exception {
        awaitTopic();
        try (var producer =
                new KafkaProducer<>(
                        settings.producer(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            long sequence = 0;
            do {
                producer.send(record(sequence++));
            } while (loop.pause(EVERY));
        }
    }

    /** Before the state service has made the topic, a producer would only complain. */
    private void awaitTopic() throws Exception {
        String topic = settings.topics().echo();
        try (var admin = Admin.create(settings.client())) {
            while (!admin.listTopics().names().get().contains(topic)) {
                loop.pause(Duration.ofMillis(200));
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(long sequence) {
        var nodes = JsonNodeFactory.instance;
        var echo =
                new Heartbeat(
                        NOBODY,
                        sequence,
                        Instant.now(),
                        nodes.arrayNode(),
                        nodes.objectNode(),
                        nodes.objectNode());
        return new ProducerRecord<>(
                settings.topics().echo(), NOBODY.getBytes(UTF_8), MessageCodec.encode(echo));
    }
}
