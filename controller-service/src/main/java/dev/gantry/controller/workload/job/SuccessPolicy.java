package dev.gantry.controller.workload.job;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which completions are enough. Compat: {@code matchSuccessPolicy}. */
final class SuccessPolicy {
    private SuccessPolicy() {}

    static Optional<Outcome> match(Tally tally) {
        JobSpec spec = tally.spec();
        JsonNode rules = spec.job().spec().path("successPolicy").path("rules");
        if (!spec.isIndexed() || tally.succeededIndexes().total() == 0) {
            return Optional.empty();
        }
        int at = 0;
        for (JsonNode rule : rules) {
            if (matches(rule, tally.succeededIndexes(), spec.completions().orElse(0))) {
                return Optional.of(
                        new Outcome(true, "SuccessPolicy", "Matched rules at index " + at));
            }
            at++;
        }
        return Optional.empty();
    }

    private static boolean matches(JsonNode rule, CompletionIndexes succeeded, int completions) {
        CompletionIndexes meant = succeeded;
        int needed = rule.path("succeededCount").asInt(0);
        if (rule.hasNonNull("succeededIndexes")) {
            CompletionIndexes listed =
                    CompletionIndexes.parse(Resource.text(rule, "succeededIndexes"), completions);
            meant = succeeded.within(listed);
            if (!rule.hasNonNull("succeededCount")) {
                return meant.total() == listed.total();
            }
        }
        return rule.hasNonNull("succeededCount") && meant.total() >= needed;
    }
}
