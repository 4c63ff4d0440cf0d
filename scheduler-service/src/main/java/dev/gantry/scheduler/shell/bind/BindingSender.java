package dev.gantry.scheduler.shell.bind;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.MessageCodec;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends bindings without waiting for one before the next. */
public final class BindingSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BindingSender.class);

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    public BindingSender(KafkaSettings settings) {
        this.topic = settings.topics().bindings();
        this.producer =
                new KafkaProducer<>(
                        settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public void send(Binding binding) {
        byte[] key = binding.uid().value().getBytes(UTF_8);
        producer.send(
                new ProducerRecord<>(topic, key, MessageCodec.encode(binding)),
                (_, fault) -> {
                    if (fault != null) {
                        LOG.warn("{} was not sent; it is repeated later", binding, fault);
                    }
                });
    }

    /** Returns the offset at which the message stands. */
    public long sendAndWait(Binding binding) throws InterruptedException {
        byte[] key = binding.uid().value().getBytes(UTF_8);
        try {
            return producer.send(new ProducerRecord<>(topic, key, MessageCodec.encode(binding)))
                    .get()
                    .offset();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("not sent: " + binding, fault);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
