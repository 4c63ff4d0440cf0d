package dev.gantry.client.shell.kafka;

import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Keys as they are, for as long as the broker that is read belongs to the cluster that it did at
 * first. One that has lost its disk is another cluster. A consumer would not notice: where the new
 * topic is longer already than the former one was read, it would go on there, and all before that
 * would never be heard. So it fails, and whoever owns it begins anew.
 */
final class KeysOfOneCluster implements Deserializer<byte[]>, ClusterResourceListener {
    private volatile @Nullable String first;
    private volatile boolean isAnother;

    @Override
    public void onUpdate(ClusterResource cluster) {
        String id = cluster.clusterId();
        if (id == null) {
            return;
        }
        if (first == null) {
            first = id;
        }
        isAnother = !id.equals(first);
    }

    @Override
    public byte[] deserialize(String topic, byte[] key) {
        if (isAnother) {
            throw new SerializationException(topic + " is of another Kafka cluster than before");
        }
        return key;
    }
}
