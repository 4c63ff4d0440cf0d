package dev.gantry.local.component;

import dev.gantry.local.instance.NodePlace;
import dev.gantry.local.network.PodRoutes;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Asks the API whether a node is Ready, and its agent there: after a pause of the whole cluster the
 * last condition still says Ready, but only a running agent renews the node's Lease. Then leads the
 * host's packets to the node's pods; asked again now and then, it follows the ranges of a node that
 * has been registered anew.
 */
final class NodeProbe {
    private static final String LEASES =
            "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/";
    private static final String NODES = "/api/v1/nodes/";
    private static final int HTTP_PORT = 10250;
    private static final int PATIENCE_MILLIS = 500;

    private final NodePlace node;
    private final Instant since = Instant.now();
    private final ApiProbe api;
    private final PodRoutes routes;

    NodeProbe(NodePlace node, ApiProbe api) {
        this.node = node;
        this.routes = new PodRoutes(node);
        this.api = api;
    }

    boolean isReady() throws IOException {
        if (!listens()) {
            return false;
        }
        boolean isAlive =
                api.get(LEASES + node.name())
                        .flatMap(lease -> Resource.instant(lease.spec().path("renewTime")))
                        .map(renewed -> renewed.isAfter(since))
                        .orElse(false);
        if (!isAlive) {
            return false;
        }
        Optional<Resource> ready =
                api.get(NODES + node.name())
                        .filter(found -> Conditions.isTrue(conditions(found), "Ready"));
        if (ready.isPresent()) {
            routes.lead(ready.get());
        }
        return ready.isPresent();
    }

    private static JsonNode conditions(Resource node) {
        return node.status().path("conditions");
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
