package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.flowcontrol.DanglingCondition;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.gateway.shell.state.StateClient.StateFault;
import dev.gantry.model.flowcontrol.BootstrapFlowControl;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the limiter act by what is stored, keeps the objects of every cluster there and the status of
 * schemas true, and moves seats between levels. Of several gateways each knows by itself what is in
 * force; a write that another was faster with is left to it.
 */
public final class FlowControlLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowControlLoop.class);

    /** Compat: {@code borrowingAdjustmentPeriod}. */
    private static final Duration ADJUSTMENT = Duration.ofSeconds(10);

    /** Compat: {@code ConfigConsumerAsFieldManager}. */
    private static final String FIELD_MANAGER = "api-priority-and-fairness-config-consumer-v1";

    private static final Set<Integer> OUTRUN = Set.of(404, 409);

    private final FlowControlStore store;
    private final Limiter limiter;
    private final StateClient state;
    private final Clock clock;
    private final Loop loop;
    private volatile boolean done;

    public FlowControlLoop(
            FlowControlStore store, Limiter limiter, StateClient state, Clock clock) {
        this.store = store;
        this.limiter = limiter;
        this.state = state;
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
        for (Kind kind : FlowControlStore.KINDS) {
            for (Resource each : state.list(kind.resource(), "", "")) {
                keep(kind, each);
            }
        }
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
        Optional<Resource> stored = store.get(wanted.key(kind.resource()));
        if (stored.isEmpty()) {
            attempt(() -> keep(kind, state.create(kind.resource(), wanted)));
            return;
        }
        BootstrapFlowControl.completed(stored.get(), wanted)
                .ifPresent(
                        changed ->
                                attempt(() -> keep(kind, state.update(kind.resource(), changed))));
    }

    private void applyStatus(Resource status) {
        attempt(
                () ->
                        keep(
                                Kinds.FLOW_SCHEMA,
                                state.applyStatus(
                                        Kinds.FLOW_SCHEMA.resource(), status, FIELD_MANAGER)));
    }

    private void keep(Kind kind, Resource object) {
        ObjectKey key = object.key(kind.resource());
        store.put(key, Optional.of(object), object.revision());
    }

    private static void attempt(Runnable write) {
        try {
            write.run();
        } catch (StateFault fault) {
            if (!OUTRUN.contains(fault.code())) {
                throw fault;
            }
            LOG.debug("left to the next change: {}", fault.getMessage());
        }
    }
}
