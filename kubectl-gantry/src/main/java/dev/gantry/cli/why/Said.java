package dev.gantry.cli.why;

import dev.gantry.scheduler.placement.explain.Explanation;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the scheduler says.
 *
 * @param decision the kept explanation, as it was decided
 * @param decidedAt when, as the pod's condition says; empty where it does not
 * @param today what would be decided now, were the pod not placed
 * @param message Kubernetes' text for a pod that fits nowhere; empty for others
 */
public record Said(
        Optional<JsonNode> decision,
        String decidedAt,
        Optional<Explanation> today,
        String message) {
    static final Said NOTHING = new Said(Optional.empty(), "", Optional.empty(), "");

    Said today(Explanation explanation, String told) {
        return new Said(decision, decidedAt, Optional.of(explanation), told);
    }

    /** What would be decided now is no rejection. */
    Said withoutMessage() {
        return new Said(decision, decidedAt, today, "");
    }
}
