package dev.gantry.state.kind.core.pod;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * While gates keep a pod from being scheduled, where it may run can be narrowed. What is checked
 * here is put back in the munged spec, so that it counts as unchanged.
 */
final class GatedPodRules {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private GatedPodRules() {}

    static void check(Field spec, ObjectNode munged, ObjectNode old) {
        JsonNode wanted = munged.path("nodeSelector");
        if (!Sameness.same(wanted, old.path("nodeSelector"))) {
            onlyMoreLabels(spec.child("nodeSelector"), old.path("nodeSelector"));
            put(munged, "nodeSelector", old.path("nodeSelector"));
        }
        JsonNode before = old.path("affinity").path("nodeAffinity");
        if (!Sameness.same(munged.path("affinity").path("nodeAffinity"), before)) {
            onlyNarrower(spec.child("affinity", "nodeAffinity").child(REQUIRED), before);
            restore(munged, old, before);
        }
    }

    private static void onlyMoreLabels(Field selector, JsonNode before) {
        for (var each : before.properties()) {
            if (!selector.text(each.getKey()).equals(each.getValue().asString(""))) {
                selector.invalid(
                        "only additions to spec.nodeSelector are allowed (no mutations or"
                                + " deletions)");
                return;
            }
        }
    }

    private static void onlyNarrower(Field required, JsonNode before) {
        JsonNode oldTerms = before.path(REQUIRED).path("nodeSelectorTerms");
        Field terms = required.child("nodeSelectorTerms");
        if (oldTerms.isEmpty()) {
            return;
        }
        if (oldTerms.size() != terms.items().size()) {
            terms.invalid("no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int i = 0; i < oldTerms.size(); i++) {
            if (!onlyAdds(terms.index(i).value(), oldTerms.path(i))) {
                terms.index(i).invalid("only additions are allowed (no mutations or deletions)");
            }
        }
    }

    /** Compat: a term without requirements selects nothing, so adding one would widen it. */
    private static boolean onlyAdds(JsonNode term, JsonNode before) {
        boolean wasEmpty =
                before.path("matchExpressions").isEmpty() && before.path("matchFields").isEmpty();
        if (wasEmpty) {
            return term.path("matchExpressions").isEmpty() && term.path("matchFields").isEmpty();
        }
        return startsWith(term.path("matchExpressions"), before.path("matchExpressions"))
                && startsWith(term.path("matchFields"), before.path("matchFields"));
    }

    private static boolean startsWith(JsonNode list, JsonNode start) {
        if (list.size() < start.size()) {
            return false;
        }
        for (int i = 0; i < start.size(); i++) {
            if (!Sameness.same(list.path(i), start.path(i))) {
                return false;
            }
        }
        return true;
    }

    private static void restore(ObjectNode munged, ObjectNode old, JsonNode before) {
        if (munged.path("affinity") instanceof ObjectNode affinity) {
            put(affinity, "nodeAffinity", before);
            if (affinity.isEmpty() && !old.has("affinity")) {
                munged.remove("affinity");
            }
        } else if (!before.isMissingNode()) {
            munged.putObject("affinity").set("nodeAffinity", before.deepCopy());
        }
    }

    private static void put(ObjectNode target, String field, JsonNode value) {
        if (value.isMissingNode()) {
            target.remove(field);
        } else {
            target.set(field, value.deepCopy());
        }
    }
}
