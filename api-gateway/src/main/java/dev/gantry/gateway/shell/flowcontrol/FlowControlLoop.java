package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.flowcontrol.DanglingCondition;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.gateway.shell.state.StoredObjects;
import dev.gantry.model.flowcontrol.BootstrapFlowControl;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Has the limiter act by what is stored, keeps the objects of every cluster there and the status of
 * schemas true, and moves seats between levels. Of several gateways each knows by itself what is in
 * force; a write that another was faster with is left to it.
 */
public final class FlowControlLoop implements AutoCloseable {
    /** Compat: {@code borrowingAdjustmentPeriod}. */
    private static final Duration ADJUSTMENT = Duration.ofSeconds(10);

    /** Compat: {@code ConfigConsumerAsFieldManager}. */
    private static final String FIELD_MANAGER = "api-priority-and-fairness-config-consumer-v1";

    private final FlowControlStore store;
    private final Limiter limiter;
    private final StateClient state;
    private final StoredObjects objects;
    private final Clock clock;
    private final Loop loop;
    private volatile boolean done;

    public FlowControlLoop(
            FlowControlStore store, Limiter limiter, StateClient state, Clock clock) {
        this.store = store;
        this.limiter = limiter;
        this.state = state;
        this.objects = new StoredObjects(state, store::put);
        this.clock = clock;
        this.loop = new Loop("gateway-flow-control", this::run);
    }

    public FlowControlLoop start() {
        loop.start();
        return this;
    }

    /** Whether what is stored is in force. */
    public boolean isDone() {
        return done;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        FlowControlStore.KINDS.forEach(each -> objects.read(each.resource()));
        reconcile();
        Duration untilAdjustment = ADJUSTMENT;
        while (!loop.isClosed()) {
            long before = System.nanoTime();
            if (store.awaitChange(untilAdjustment)) {
                reconcile();
            }
            untilAdjustment = untilAdjustment.minusNanos(System.nanoTime() - before);
            if (!untilAdjustment.isPositive()) {
                limiter.adjust();
                untilAdjustment = ADJUSTMENT;
            }
        }
    }

    private void reconcile() {
        BootstrapFlowControl.levels()
                .forEach(each -> ensure(Kinds.PRIORITY_LEVEL_CONFIGURATION, each));
        BootstrapFlowControl.schemas().forEach(each -> ensure(Kinds.FLOW_SCHEMA, each));
        limiter.configure(store.compiled());
        done = true;
        Set<String> levels = new TreeSet<>();
        store.levels().forEach(each -> levels.add(each.name()));
        for (Resource each : store.schemas()) {
            DanglingCondition.update(each, levels, clock.instant()).ifPresent(this::applyStatus);
        }
    }

    private void ensure(Kind kind, Resource wanted) {
        objects.ensure(
                kind.resource(),
                wanted,
                store.get(wanted.key(kind.resource())),
                BootstrapFlowControl::completed);
    }

    private void applyStatus(Resource status) {
        GroupResource schemas = Kinds.FLOW_SCHEMA.resource();
        objects.write(schemas, () -> state.applyStatus(schemas, status, FIELD_MANAGER));
    }
}
