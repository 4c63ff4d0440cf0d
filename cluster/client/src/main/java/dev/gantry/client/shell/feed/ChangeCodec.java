package dev.gantry.client.shell.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.message.Headers;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Change messages as Kafka records, both ways. */
public final class ChangeCodec {
    private static final String TYPE_PREFIX = "dev.gantry.change.";

    private ChangeCodec() {}

    public static ProducerRecord<byte[], byte[]> encode(String topic, ChangeMessage change) {
        var key = change.key().path().getBytes(UTF_8);
        var record = new ProducerRecord<byte[], byte[]>(topic, key, change.body());
        String resource = change.key().resource().toString();
        put(record, Headers.SPEC_VERSION, "1.0");
        put(record, Headers.ID, resource + "/" + change.revision());
        put(record, Headers.SOURCE, "/gantry/state");
        put(record, Headers.TYPE, TYPE_PREFIX + change.type().name().toLowerCase(Locale.ROOT));
        put(record, Headers.TIME, change.time());
        put(record, Headers.REVISION, change.revision().toString());
        put(record, Headers.PREVIOUS_REVISION, change.previous().toString());
        put(record, Headers.ACTOR, change.actor());
        return record;
    }

    /** Throws IllegalArgumentException where a header is missing: not one of our records. */
    public static ChangeMessage decode(
            GroupResource resource, ConsumerRecord<byte[], byte[]> record) {
        String type = text(record, Headers.TYPE);
        return new ChangeMessage(
                ObjectKey.ofPath(resource, new String(record.key(), UTF_8)),
                revision(record, Headers.REVISION),
                revision(record, Headers.PREVIOUS_REVISION),
                Type.valueOf(type.substring(TYPE_PREFIX.length()).toUpperCase(Locale.ROOT)),
                text(record, Headers.TIME),
                text(record, Headers.ACTOR),
                record.value());
    }

    private static Revision revision(ConsumerRecord<byte[], byte[]> record, String header) {
        String found = text(record, header);
        return Revision.parse(found)
                .orElseThrow(
                        () -> new IllegalArgumentException(header + " is no revision: " + found));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        Header found = record.headers().lastHeader(header);
        if (found == null) {
            throw new IllegalArgumentException(
                    "record %s-%d@%d has no header %s"
                            .formatted(
                                    record.topic(), record.partition(), record.offset(), header));
        }
        return new String(found.value(), UTF_8);
    }

    private static void put(ProducerRecord<byte[], byte[]> record, String header, String value) {
        record.headers().add(header, value.getBytes(UTF_8));
    }
}
