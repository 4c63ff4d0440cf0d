package dev.gantry.local.component;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;

/**
 * Asks the API whether a node is Ready, and its agent there: after a pause of the whole cluster the
 * last condition still says Ready, but only a running agent renews the node's Lease.
 */
final class NodeProbe {
    private static final String LEASES = "kube-node-lease";
    private static final int HTTP_PORT = 10250;
    private static final int PATIENCE_MILLIS = 500;

    private final NodePlace node;
    private final Instant since = Instant.now();
    private final ClusterApiOnce api;

    NodeProbe(NodePlace node) {
        this.node = node;
        this.api = new ClusterApiOnce(node.instance().kubeconfig());
    }

    boolean isReady() throws IOException {
        if (!listens()) {
            return false;
        }
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

    /** The Lease may still be that of a predecessor that was killed a moment ago. */
    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(node.address(), HTTP_PORT), PATIENCE_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
