package dev.gantry.state.admission.policy;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Purpose;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A MutatingAdmissionPolicy, read.
 *
 * @param isReinvoked whether it wants to see what others changed after it
 */
record MutatingPolicy(AdmissionPolicy common, List<Change> changes, boolean isReinvoked)
        implements Policy {
    /** How an object is changed; the expression makes the patch. */
    sealed interface Change {
        String expression();

        /** Laid over the object as a server-side apply would. */
        record Apply(String expression) implements Change {}

        record JsonPatch(String expression) implements Change {}
    }

    static MutatingPolicy of(Resource policy) {
        List<Change> changes = new ArrayList<>();
        for (JsonNode each : policy.spec().path("mutations")) {
            changes.add(
                    text(each, "patchType").equals("JSONPatch")
                            ? new Change.JsonPatch(text(each.path("jsonPatch"), "expression"))
                            : new Change.Apply(
                                    text(each.path("applyConfiguration"), "expression")));
        }
        return new MutatingPolicy(
                AdmissionPolicy.of(policy, Purpose.MUTATING),
                List.copyOf(changes),
                text(policy.spec(), "reinvocationPolicy").equals("IfNeeded"));
    }
}
