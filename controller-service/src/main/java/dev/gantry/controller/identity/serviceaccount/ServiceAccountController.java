package dev.gantry.controller.identity.serviceaccount;

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

/** Gives every namespace the ServiceAccount that pods run as when they name none. */
public final class ServiceAccountController implements Controller {
    private final RequiredObject account =
            new RequiredObject(Resources.SERVICE_ACCOUNTS, defaultAccount());

    @Override
    public String component() {
        return "serviceaccount-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return account.watches();
    }

    @Override
    public boolean readsWhole(ObjectKey key) {
        return account.readsWhole(key);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        account.keysFor(change, enqueue);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return account.reconcile(key, cluster);
    }

    private static Resource defaultAccount() {
        ObjectNode account = JsonNodeFactory.instance.objectNode();
        account.put("apiVersion", "v1").put("kind", "ServiceAccount");
        account.putObject("metadata").put("name", "default");
        return new Resource(account);
    }
}
