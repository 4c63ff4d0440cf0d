package dev.gantry.local.component;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.time.Instant;

/**
 * Asks the API whether a node is Ready, and its agent there: after a pause of the whole cluster the
 * last condition still says Ready, but only a running agent renews the node's Lease.
 */
final class NodeProbe {
    private static final String LEASES = "kube-node-lease";

    private final NodePlace node;
    private final Instant since = Instant.now();
    private final ClusterApiOnce api;

    NodeProbe(NodePlace node) {
        this.node = node;
        this.api = new ClusterApiOnce(node.instance().kubeconfig());
    }

    boolean isReady() throws IOException {
        ClusterApi cluster = api.get();
        boolean isAlive =
                cluster.get(new ObjectKey(BuiltinKind.LEASE.resource(), LEASES, node.name()))
                        .flatMap(lease -> Resource.instant(lease.spec().path("renewTime")))
                        .map(renewed -> renewed.isAfter(since))
                        .orElse(false);
        return isAlive
                && cluster.get(new ObjectKey(BuiltinKind.NODE.resource(), "", node.name()))
                        .map(found -> Conditions.isTrue(found.status().path("conditions"), "Ready"))
                        .orElse(false);
    }
}
