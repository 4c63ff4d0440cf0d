package dev.gantry.scheduler.cycle;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profile;
import java.time.Instant;
import java.util.List;

/** A cycle that a test drives: it tells what happens, lets time pass, and asks for decisions. */
final class DrivenCycle {
    final SchedulingCycle cycle;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    DrivenCycle() {
        this(new SchedulingCycle("default-scheduler", Profile.PACKING));
    }

    DrivenCycle(SchedulingCycle cycle) {
        this.cycle = cycle;
        hear(SchedulerInput.Leading.ALONE);
    }

    /** These nodes are all that was there at the start. */
    void ready(Resource... nodes) {
        for (Resource node : nodes) {
            hear(node);
        }
        hear(new SchedulerInput.CaughtUp());
    }

    void hear(SchedulerInput input) {
        cycle.hear(input, now);
    }

    /** A pod, a node, or whatever else names its kind. */
    void hear(Resource object) {
        hear(kindOf(object), object);
    }

    void hear(Kind kind, Resource object) {
        ObjectKey key = object.key(kind.resource());
        hear(SchedulerInput.seen(key, object));
    }

    void gone(Resource pod) {
        hear(SchedulerInput.gone(pod.key(Resources.PODS)));
    }

    void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    List<Binding> decide() {
        return cycle.decide(100, now);
    }

    void sweep() {
        cycle.sweep(now);
    }

    /** Whether it leads, but lets pass time before it decides. */
    boolean isWaiting() {
        return cycle.waitsUntil(now).isPresent();
    }

    private static Kind kindOf(Resource object) {
        return Kinds.ALL.stream()
                .filter(each -> each.kindName().equals(object.kind()))
                .findFirst()
                .orElseThrow();
    }
}
