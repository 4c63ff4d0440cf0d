package dev.gantry.simulation;

import dev.gantry.client.controller.Controller;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** One life of the scheduler: its feed and its cycle. */
final class SimulatedScheduler {
    private final SimulatedFeed feed;
    private final SchedulingCycle cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);
    private final LossyBus<Binding> bindings;
    private Instant now;
    private boolean wasCaughtUp;

    SimulatedScheduler(SimulatedState state, LossyBus<Binding> bindings, Instant now) {
        this.bindings = bindings;
        this.now = now;
        this.feed = new SimulatedFeed(state, List.of(SimulatedState.PODS, SimulatedState.NODES));
        feed.listen(this::hear);
    }

    private void hear(Controller.Change change) {
        boolean isPod = change.isOf(SimulatedState.PODS);
        if (change.after().isEmpty()) {
            cycle.hear(
                    isPod
                            ? new SchedulerInput.PodGone(change.key())
                            : new SchedulerInput.NodeGone(change.key().name()),
                    now);
            return;
        }
        Resource object = change.after().get();
        cycle.hear(
                isPod
                        ? new SchedulerInput.PodSeen(PodSighting.of(object))
                        : new SchedulerInput.NodeSeen(NodeFacts.of(object)),
                now);
    }

    void rejected(Binding binding) {
        cycle.hear(new SchedulerInput.Rejected(binding), now);
    }

    void step(Random random, Instant time) {
        now = time;
        feed.advance(random);
        if (!wasCaughtUp && feed.isCaughtUp()) {
            wasCaughtUp = true;
            cycle.hear(SchedulerInput.Leading.ALONE, now);
            cycle.hear(new SchedulerInput.CaughtUp(), now);
        }
        cycle.sweep(now);
        for (Binding binding : cycle.decide(1 + random.nextInt(4), now)) {
            bindings.send(binding.uid().value(), binding, now);
        }
    }
}
