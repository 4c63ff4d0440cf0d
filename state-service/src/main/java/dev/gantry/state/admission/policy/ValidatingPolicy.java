package dev.gantry.state.admission.policy;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Purpose;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A ValidatingAdmissionPolicy, read. */
record ValidatingPolicy(AdmissionPolicy common, List<Rule> rules, List<Annotation> annotations)
        implements Policy {
    /** One validation: what must hold, and what is said where it does not. */
    record Rule(String expression, String message, String messageExpression, String reason) {
        static Rule of(JsonNode tree) {
            String reason = text(tree, "reason");
            return new Rule(
                    text(tree, "expression"),
                    text(tree, "message").strip(),
                    text(tree, "messageExpression"),
                    reason.isEmpty() ? "Invalid" : reason);
        }
    }

    /** For the audit log. One that fails refuses. */
    record Annotation(String key, String expression) {}

    static ValidatingPolicy of(Resource policy) {
        List<Rule> rules = new ArrayList<>();
        policy.spec().path("validations").forEach(each -> rules.add(Rule.of(each)));
        List<Annotation> annotations = new ArrayList<>();
        for (JsonNode each : policy.spec().path("auditAnnotations")) {
            annotations.add(new Annotation(text(each, "key"), text(each, "valueExpression")));
        }
        return new ValidatingPolicy(
                AdmissionPolicy.of(policy, Purpose.JUDGING),
                List.copyOf(rules),
                List.copyOf(annotations));
    }
}
