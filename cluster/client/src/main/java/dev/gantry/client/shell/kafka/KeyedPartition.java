package dev.gantry.client.shell.kafka;

import java.util.List;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Where a topic of several partitions has the messages of one key, for readers that want no others.
 *
 * <p>Compat: Kafka's producer spreads keys by murmur2 unless it is told otherwise.
 */
public final class KeyedPartition {
    private KeyedPartition() {}

    /**
     * @param partitions all of one topic
     */
    public static TopicPartition of(byte[] key, List<PartitionInfo> partitions) {
        int chosen = Utils.toPositive(Utils.murmur2(key)) % partitions.size();
        return new TopicPartition(partitions.getFirst().topic(), chosen);
    }
}
