package dev.gantry.agent.shell.api;

import dev.gantry.agent.node.Capacity;
import dev.gantry.agent.node.NodeTree;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.loop.Listening;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the Node, keeps its description true, and its Lease alive.
 *
 * <p>Compat: a Node that somebody deletes meanwhile is not made again before the next start, so
 * that a machine can be taken out of its cluster.
 */
public final class NodeRegistration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** Compat: kubelet renews every quarter of the lease's 40 seconds. */
    private static final int LEASE_SECONDS = 40;

    private static final String LEASE_NAMESPACE = "kube-node-lease";

    private final ClusterApi api;
    private final ContainerRuntime runtime;
    private final NodeTree.Identity identity;
    private final Capacity capacity;
    private final InstantSource clock;
    private final Loop loop = new Loop("node-registration", this::run);
    private boolean isRegistered;
    private boolean isDeleted;

    public NodeRegistration(
            ClusterApi api,
            ContainerRuntime runtime,
            NodeTree.Identity identity,
            Capacity capacity,
            InstantSource clock) {
        this.api = api;
        this.runtime = runtime;
        this.identity = identity;
        this.capacity = capacity;
        this.clock = clock;
    }

    public NodeRegistration start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        Listening.await(loop, List.of(api.address()));
        do {
            look();
        } while (loop.pause(LOOK));
    }

    void look() {
        Optional<Resource> found = api.get(nodeKey());
        if (found.isEmpty() && isRegistered) {
            if (!isDeleted) {
                LOG.warn(
                        "node {} was deleted: start the agent anew to register it",
                        identity.name());
            }
            isDeleted = true;
            return;
        }
        isDeleted = false;
        Resource node =
                found.map(this::relabelled)
                        .orElseGet(() -> api.create(Resources.NODES, NodeTree.created(identity)));
        isRegistered = true;
        describe(node);
        renewLease(node);
    }

    private Resource relabelled(Resource node) {
        var wanted = NodeTree.labels(identity);
        if (node.labels().entrySet().containsAll(wanted.entrySet())) {
            return node;
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode labels = patch.putObject("metadata").putObject("labels");
        wanted.forEach(labels::put);
        return api.mergePatch(nodeKey(), "", patch);
    }

    private void describe(Resource node) {
        var current =
                new NodeTree.Current(
                        capacity, runtime.version(), runtime.status().features(), runtime.images());
        NodeTree.statusPatch(node, identity, current)
                .ifPresent(patch -> api.mergePatch(nodeKey(), "status", patch));
    }

    private void renewLease(Resource node) {
        var key = new ObjectKey(Resources.LEASES, LEASE_NAMESPACE, identity.name());
        ObjectNode lease = lease(node, clock.instant());
        try {
            api.mergePatch(key, "", lease);
        } catch (ApiRefused refused) {
            if (!refused.isMissing()) {
                throw refused;
            }
            api.create(Resources.LEASES, new Resource(lease));
        }
    }

    private ObjectNode lease(Resource node, Instant now) {
        ObjectNode lease = JsonNodeFactory.instance.objectNode();
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        ObjectNode metadata = lease.putObject("metadata");
        metadata.put("name", identity.name()).put("namespace", LEASE_NAMESPACE);
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Node")
                .put("name", identity.name())
                .put("uid", node.uid().value());
        lease.putObject("spec")
                .put("holderIdentity", identity.name())
                .put("leaseDurationSeconds", LEASE_SECONDS)
                .put("renewTime", microTime(now));
        return lease;
    }

    /** Compat: {@code MicroTime} always has six digits. */
    private static String microTime(Instant when) {
        return "%s.%06dZ".formatted(when.toString().substring(0, 19), when.getNano() / 1000);
    }

    private ObjectKey nodeKey() {
        return new ObjectKey(Resources.NODES, "", identity.name());
    }
}
