package dev.gantry.state.admission.policy;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.condition.MatchConditions;
import dev.gantry.state.admission.match.Matching;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.schema.KindName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A ValidatingAdmissionPolicy, read.
 *
 * @param params what its parameters are; empty where it has none
 * @param failsOpen whether an expression that fails lets the request pass
 * @param annotations of the audit, by key: they are computed, since one that fails refuses
 */
record ValidatingPolicy(
        String name,
        Matching matching,
        Optional<KindName> params,
        boolean failsOpen,
        MatchConditions conditions,
        Map<String, String> variables,
        List<Rule> rules,
        List<String> annotations,
        AdmissionExpressions expressions) {
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

    static ValidatingPolicy of(Resource policy) {
        JsonNode spec = policy.spec();
        JsonNode kind = spec.path("paramKind");
        Optional<KindName> params =
                kind.isObject()
                        ? Optional.of(KindName.of(text(kind, "apiVersion"), text(kind, "kind")))
                        : Optional.empty();
        Map<String, String> variables = new LinkedHashMap<>();
        spec.path("variables")
                .forEach(each -> variables.put(text(each, "name"), text(each, "expression")));
        List<Rule> rules = new ArrayList<>();
        spec.path("validations").forEach(each -> rules.add(Rule.of(each)));
        List<String> annotations = new ArrayList<>();
        spec.path("auditAnnotations")
                .forEach(each -> annotations.add(text(each, "valueExpression")));
        return new ValidatingPolicy(
                policy.name(),
                Matching.of(spec.path("matchConstraints")),
                params,
                text(spec, "failurePolicy").equals("Ignore"),
                MatchConditions.of(spec.path("matchConditions")),
                variables,
                List.copyOf(rules),
                List.copyOf(annotations),
                AdmissionExpressions.of(params.isPresent(), variables.keySet()));
    }
}
