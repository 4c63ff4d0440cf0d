package dev.gantry.client.shell.kafka;

import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Keys as they are, for as long as they go to one cluster: for a producer that counts on what it
 * has sent before. On another one, nothing of that is there.
 */
public final class KeysToOneCluster implements Serializer<byte[]>, ClusterResourceListener {
    private final OneCluster cluster = new OneCluster();

    @Override
    public void onUpdate(ClusterResource found) {
        cluster.onUpdate(found);
    }

    /**
     * Whether the cluster is gone: known soon after the broker is back, and also without a send.
     */
    public boolean isOfAnother() {
        return cluster.isAnother();
    }

    @Override
    public byte[] serialize(String topic, byte[] key) {
        cluster.check(topic);
        return key;
    }
}
