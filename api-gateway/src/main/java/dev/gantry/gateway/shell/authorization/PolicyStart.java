package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.bootstrap.BootstrapPolicy;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.shell.aggregation.ApiServiceStore;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.gateway.shell.state.StateClient.StateFault;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Optional;

/**
 * Once after a start: reads the stored roles, bindings and APIServices, and stores the roles and
 * bindings of a new cluster that are missing. Tried again until it worked.
 */
public final class PolicyStart implements AutoCloseable {
    private final PolicyFeed.Stores stores;
    private final StateClient state;
    private final Loop loop;
    private volatile boolean done;

    public PolicyStart(PolicyFeed.Stores stores, StateClient state) {
        this.stores = stores;
        this.state = state;
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
        for (Kind kind : PolicyResources.KINDS) {
            for (Resource each : state.list(kind.resource(), "", "")) {
                stores.put(PolicyResources.keyOf(each), Optional.of(each), each.revision());
            }
        }
        for (Resource each : state.list(ApiServiceStore.RESOURCE, "", "")) {
            stores.put(each.key(ApiServiceStore.RESOURCE), Optional.of(each), each.revision());
        }
        for (Resource wanted : BootstrapPolicy.objects()) {
            ensure(PolicyResources.keyOf(wanted), wanted);
        }
        done = true;
    }

    private void ensure(ObjectKey key, Resource wanted) {
        Optional<Resource> stored = state.get(key);
        try {
            if (stored.isEmpty()) {
                keep(key, state.create(key.resource(), wanted));
                return;
            }
            Optional<Resource> completed = BootstrapPolicy.completed(stored.get(), wanted);
            if (completed.isPresent()) {
                keep(key, state.update(key.resource(), completed.get()));
            }
        } catch (StateFault fault) {
            boolean wasFaster = fault.code() == 409;
            if (!wasFaster) {
                throw fault;
            }
        }
    }

    private void keep(ObjectKey key, Resource object) {
        stores.put(key, Optional.of(object), object.revision());
    }
}
