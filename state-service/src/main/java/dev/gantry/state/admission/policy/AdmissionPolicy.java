package dev.gantry.state.admission.policy;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.condition.MatchConditions;
import dev.gantry.state.admission.match.Matching;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Purpose;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What policies of both kinds say, read.
 *
 * @param params what its parameters are; empty where it has none
 * @param failsOpen whether an expression that fails lets the request pass
 */
record AdmissionPolicy(
        String name,
        Matching matching,
        Optional<GroupVersionKind> params,
        boolean failsOpen,
        MatchConditions conditions,
        AdmissionExpressions expressions) {
    static AdmissionPolicy of(Resource policy, Purpose purpose) {
        JsonNode spec = policy.spec();
        JsonNode kind = spec.path("paramKind");
        Optional<GroupVersionKind> params =
                kind.isObject()
                        ? Optional.of(
                                GroupVersionKind.of(text(kind, "apiVersion"), text(kind, "kind")))
                        : Optional.empty();
        Map<String, String> variables = new LinkedHashMap<>();
        spec.path("variables")
                .forEach(each -> variables.put(text(each, "name"), text(each, "expression")));
        return new AdmissionPolicy(
                policy.name(),
                Matching.of(spec.path("matchConstraints")),
                params,
                text(spec, "failurePolicy").equals("Ignore"),
                MatchConditions.of(spec.path("matchConditions")),
                AdmissionExpressions.of(
                        params.isPresent() ? purpose.withParams() : purpose, variables));
    }
}
