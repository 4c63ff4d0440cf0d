package dev.gantry.client.shell.kafka;

import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Keys as they are, for as long as they are of one cluster. A consumer would not notice another
 * one: where the new topic is longer already than the former one was read, it would go on there,
 * and all before that would never be heard. So it fails, and whoever owns it begins anew.
 */
final class KeysOfOneCluster implements Deserializer<byte[]>, ClusterResourceListener {
    private final OneCluster cluster = new OneCluster();

    @Override
    public void onUpdate(ClusterResource found) {
        cluster.onUpdate(found);
    }

    @Override
    public byte[] deserialize(String topic, byte[] key) {
        cluster.check(topic);
        return key;
    }
}
