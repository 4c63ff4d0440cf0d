package dev.gantry.agent.pod;

import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan while it is being written; one planner call owns it. */
final class PlanDraft {
    private final List<PodAction> actions = new ArrayList<>();
    private @Nullable Instant again;

    void add(PodAction action) {
        actions.add(action);
    }

    /** The earliest of several wins. */
    void requeueAt(Instant when) {
        Instant before = again;
        if (before == null || when.isBefore(before)) {
            again = when;
        }
    }

    Plan<PodAction> finished() {
        Plan<PodAction> plan = Plan.of(actions);
        Instant when = again;
        return when == null ? plan : plan.requeueAt(when);
    }
}
