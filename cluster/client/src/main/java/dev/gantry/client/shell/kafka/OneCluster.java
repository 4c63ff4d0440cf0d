package dev.gantry.client.shell.kafka;

import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker that a client talks to belongs to the cluster that it did at first. One that
 * has lost its disk is another cluster. The client asks again whenever it has lost a connection, so
 * that this is known before anything is read or written there.
 */
final class OneCluster implements ClusterResourceListener {
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

    boolean isAnother() {
        return isAnother;
    }

    void check(String topic) {
        if (isAnother) {
            throw new SerializationException(topic + " is of another Kafka cluster than before");
        }
    }
}
