package dev.gantry.agent.shell.api;

import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.shell.worker.PodWorkers;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the ConfigMaps and Secrets that pods of this node refer to, and tells which changed.
 *
 * <p>Cost: one GET per object and round, however many pods share it. A node may read these objects
 * one by one only, so the alternative is a watch for each.
 */
public final class ReferenceRounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceRounds.class);
    private static final Duration ROUND = Duration.ofSeconds(4);

    private final ClusterObjects cluster;
    private final PodWorkers workers;
    private final Map<ObjectKey, Revision> seen = new HashMap<>();
    private final Loop loop = new Loop("references", this::run);

    public ReferenceRounds(ClusterObjects cluster, PodWorkers workers) {
        this.cluster = cluster;
        this.workers = workers;
    }

    public ReferenceRounds start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        while (loop.pause(ROUND)) {
            try {
                goRound();
            } catch (EdgeFault away) {
                LOG.debug("references are looked at later: {}", away.getMessage());
            }
        }
    }

    private void goRound() {
        SortedSet<ObjectKey> wanted = workers.references();
        seen.keySet().retainAll(wanted);
        for (ObjectKey each : wanted) {
            Revision now = cluster.get(each).map(Resource::revision).orElse(Revision.NONE);
            Revision before = seen.put(each, now);
            // The first look may come after a change that the pod has not seen: telling is
            // harmless.
            if (!now.equals(before)) {
                workers.onReference(each);
            }
        }
    }
}
