package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.bootstrap.BootstrapPolicy;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.shell.aggregation.ApiServiceStore;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.gateway.shell.state.StoredObjects;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;

/**
 * Once after a start: reads the stored roles, bindings and APIServices, and stores the roles and
 * bindings of a new cluster that are missing. Tried again until it worked.
 */
public final class PolicyStart implements AutoCloseable {
    private final StateClient state;
    private final StoredObjects objects;
    private final Loop loop;
    private volatile boolean done;

    public PolicyStart(PolicyFeed.Stores stores, StateClient state) {
        this.state = state;
        this.objects = new StoredObjects(state, stores::put);
        this.loop = new Loop("gateway-policy-start", this::run);
    }

    public PolicyStart start() {
        loop.start();
        return this;
    }

    public boolean isDone() {
        return done;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() {
        PolicyResources.all().forEach(objects::read);
        objects.read(ApiServiceStore.RESOURCE);
        for (Resource wanted : BootstrapPolicy.objects()) {
            ObjectKey key = PolicyResources.keyOf(wanted);
            objects.ensure(key.resource(), wanted, state.get(key), BootstrapPolicy::completed);
        }
        done = true;
    }
}
