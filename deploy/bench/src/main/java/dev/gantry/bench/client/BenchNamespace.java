package dev.gantry.bench.client;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action.Propagation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A namespace that one run makes and removes with all that is in it. */
public final class BenchNamespace {
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;

    private final ClusterApi api;
    private final Resource made;

    public BenchNamespace(ClusterApi api) {
        this.api = api;
        ObjectNode wanted = JsonMapper.shared().createObjectNode();
        wanted.put("apiVersion", "v1").put("kind", "Namespace");
        wanted.putObject("metadata").put("generateName", "bench-");
        this.made = api.create(NAMESPACES, new Resource(wanted));
    }

    public String name() {
        return made.name();
    }

    /** Pods are refused until the controllers have given the namespace its default account. */
    public void awaitServiceAccount() throws InterruptedException {
        await(new ObjectKey(Resources.SERVICE_ACCOUNTS, made.name(), "default"));
    }

    /** The ConfigMap that controllers make in every namespace. */
    public void awaitRoots() throws InterruptedException {
        await(new ObjectKey(Resources.CONFIG_MAPS, made.name(), "kube-root-ca.crt"));
    }

    private void await(ObjectKey key) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 100 && api.get(key).isEmpty(); i++) {
            never.await(100, TimeUnit.MILLISECONDS);
        }
    }

    public void remove() {
        api.delete(new ObjectKey(NAMESPACES, "", made.name()), made.uid(), Propagation.BACKGROUND);
    }
}
