package dev.gantry.local.component;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;

/** Asks the API whether a node is Ready. */
final class NodeProbe {
    private final NodePlace node;
    private final ClusterApiOnce api;

    NodeProbe(NodePlace node) {
        this.node = node;
        this.api = new ClusterApiOnce(node.instance().kubeconfig());
    }

    boolean isReady() throws IOException {
        ClusterApi cluster = api.get();
        return cluster.get(new ObjectKey(BuiltinKind.NODE.resource(), "", node.name()))
                .map(found -> Conditions.isTrue(found.status().path("conditions"), "Ready"))
                .orElse(false);
    }
}
