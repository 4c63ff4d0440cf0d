package dev.gantry.controller.identity.rootca;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.controller.identity.required.RequiredObject;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives every namespace the ConfigMap that projected service account volumes take the cluster's CA
 * from.
 */
public final class RootCaPublisher implements Controller {
    private static final String NAME = "kube-root-ca.crt";

    private final RequiredObject map;

    /**
     * @param certificate the CA's, in PEM
     */
    public RootCaPublisher(String certificate) {
        this.map = new RequiredObject(Resources.CONFIG_MAPS, map(certificate));
    }

    @Override
    public String component() {
        return "root-ca-certificate-publisher-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return map.watches();
    }

    @Override
    public boolean readsWhole(ObjectKey key) {
        return map.readsWhole(key);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        map.keysFor(change, enqueue);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return map.reconcile(key, cluster);
    }

    private static Resource map(String certificate) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata")
                .put("name", NAME)
                .putObject("annotations")
                .put(
                        "kubernetes.io/description",
                        "Contains a CA bundle that can be used to verify the kube-apiserver when"
                                + " using internal endpoints such as the internal service IP or"
                                + " kubernetes.default.svc. No other usage is guaranteed across"
                                + " distributions of Kubernetes clusters.");
        map.putObject("data").put("ca.crt", certificate);
        return new Resource(map);
    }
}
