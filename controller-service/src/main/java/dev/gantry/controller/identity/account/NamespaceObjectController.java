package dev.gantry.controller.identity.account;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.ClusterReader;
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

/** Looks at a namespace when it appears, or when the object that it must have changes. */
public final class NamespaceObjectController implements Controller {
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;
    private static final String ROOT_CA = "kube-root-ca.crt";

    private final String component;
    private final GroupResource resource;
    private final String name;
    private final EquipmentReconciler reconciler;

    private NamespaceObjectController(String component, GroupResource resource, Resource pattern) {
        this.component = component;
        this.resource = resource;
        this.name = pattern.name();
        this.reconciler = new EquipmentReconciler(resource, pattern);
    }

    /** The ServiceAccount that pods run as when they name none. */
    public static NamespaceObjectController defaultAccount() {
        ObjectNode account = JsonNodeFactory.instance.objectNode();
        account.put("apiVersion", "v1").put("kind", "ServiceAccount");
        account.putObject("metadata").put("name", "default");
        return new NamespaceObjectController(
                "serviceaccount-controller", Resources.SERVICE_ACCOUNTS, new Resource(account));
    }

    /** The ConfigMap that projected service account volumes take the cluster's CA from. */
    public static NamespaceObjectController rootCertificate(String pem) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata")
                .put("name", ROOT_CA)
                .putObject("annotations")
                .put(
                        "kubernetes.io/description",
                        "Contains a CA bundle that can be used to verify the kube-apiserver when"
                                + " using internal endpoints such as the internal service IP or"
                                + " kubernetes.default.svc. No other usage is guaranteed across"
                                + " distributions of Kubernetes clusters.");
        map.putObject("data").put("ca.crt", pem);
        return new NamespaceObjectController(
                "root-ca-certificate-publisher-controller",
                Resources.CONFIG_MAPS,
                new Resource(map));
    }

    @Override
    public String component() {
        return component;
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(NAMESPACES, resource);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(NAMESPACES)) {
            enqueue.accept(change.key());
        } else if (change.key().name().equals(name)) {
            enqueue.accept(new ObjectKey(NAMESPACES, "", change.key().namespace()));
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(
                        namespace ->
                                new EquipmentView(
                                        namespace,
                                        cluster.get(new ObjectKey(resource, key.name(), name))))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }
}
