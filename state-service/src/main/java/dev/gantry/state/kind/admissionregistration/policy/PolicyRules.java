package dev.gantry.state.kind.admissionregistration.policy;

import dev.gantry.expression.CelNames;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Purpose;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Result;
import dev.gantry.state.kind.admissionregistration.rule.MatchConditionRules;
import dev.gantry.state.kind.admissionregistration.rule.MatchRules;
import dev.gantry.state.kind.admissionregistration.rule.ParamRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compat: {@code validateValidatingAdmissionPolicySpec} and its twin. */
final class PolicyRules {
    private static final List<String> FAILURE_POLICIES = List.of("Fail", "Ignore");
    private static final List<String> REASONS =
            List.of("Forbidden", "Invalid", "RequestEntityTooLarge");
    private static final int MOST_ANNOTATIONS = 20;
    private static final int LONGEST_ANNOTATION = 5 * 1024;
    private static final String NOTHING =
            "validations or auditAnnotations must contain at least one item";

    private PolicyRules() {}

    static void failurePolicy(Field policy) {
        if (!policy.isSet()) {
            policy.required("");
        } else if (!FAILURE_POLICIES.contains(policy.text())) {
            policy.notSupportedText(policy.text(), FAILURE_POLICIES);
        }
    }

    /** What both kinds of policies have, up to their variables. */
    static void common(Field spec) {
        failurePolicy(spec.child("failurePolicy"));
        ParamRules.kind(spec.child("paramKind"));
        Field match = spec.child("matchConstraints");
        MatchRules.check(match);
        if (!match.isSet()) {
            match.required("");
        } else if (match.child("resourceRules").isEmpty()) {
            match.child("resourceRules").required("");
        }
        if (spec.has("mutations")) {
            MatchRules.onlyMutable(match);
        }
        MatchConditionRules.check(
                spec.child("matchConditions"),
                () -> AdmissionExpressions.of(purpose(spec, Purpose.JUDGING), Map.of()));
        Purpose purpose = spec.has("mutations") ? Purpose.MUTATING : Purpose.JUDGING;
        AdmissionExpressions expressions = expressions(spec, purpose);
        spec.child("variables").items().forEach(each -> variable(each, expressions));
    }

    /** With all variables that have a name to go by. */
    static AdmissionExpressions expressions(Field spec, Purpose purpose) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Field each : spec.child("variables").items()) {
            if (CelNames.isIdentifier(each.text("name"))) {
                variables.put(each.text("name"), each.text("expression"));
            }
        }
        return AdmissionExpressions.of(purpose(spec, purpose), variables);
    }

    private static Purpose purpose(Field spec, Purpose purpose) {
        return spec.has("paramKind") ? purpose.withParams() : purpose;
    }

    private static void variable(Field variable, AdmissionExpressions expressions) {
        Field name = variable.child("name");
        if (name.text().isBlank()) {
            name.required("name is not specified");
        } else if (!CelNames.isIdentifier(name.text())) {
            name.invalid("must be a valid CEL identifier");
        }
        Field expression = variable.child("expression");
        if (expression.text().isBlank()) {
            expression.required("expression is not specified");
        } else {
            expressions.checkVariable(variable);
        }
    }

    static void validations(Field spec, String policyName) {
        Field validations = spec.child("validations");
        Field annotations = spec.child("auditAnnotations");
        if (validations.isEmpty() && annotations.isEmpty()) {
            validations.required(NOTHING);
            annotations.required(NOTHING);
            return;
        }
        AdmissionExpressions expressions = expressions(spec, Purpose.JUDGING);
        validations.items().forEach(each -> validation(each, expressions));
        if (annotations.items().size() > MOST_ANNOTATIONS) {
            annotations.invalid(
                    "must not have more than %d auditAnnotations".formatted(MOST_ANNOTATIONS));
        }
        Set<String> keys = new HashSet<>();
        for (Field each : annotations.items()) {
            annotation(each, policyName, expressions);
            if (!keys.add(each.text("key"))) {
                each.child("key").duplicate();
            }
        }
    }

    private static void expression(
            Field expression, AdmissionExpressions expressions, Result wanted) {
        if (expression.text().isBlank()) {
            expression.required("expression is not specified");
        } else {
            expressions.check(expression, wanted);
        }
    }

    private static void validation(Field validation, AdmissionExpressions expressions) {
        expression(validation.child("expression"), expressions, Result.BOOL);
        Field said = validation.child("messageExpression");
        if (!said.isEmpty() && said.text().isBlank()) {
            said.invalid("must be non-empty if specified");
        } else if (!said.isEmpty()) {
            expressions.check(said, Result.TEXT);
        }
        Field message = validation.child("message");
        String trimmed = message.text().strip();
        if (!message.isEmpty() && trimmed.isEmpty()) {
            message.invalid("must be non-empty if specified");
        } else if (trimmed.contains("\n") || trimmed.contains("\r")) {
            message.invalid("must not contain line breaks");
        }
        Field reason = validation.child("reason");
        if (reason.isSet() && !REASONS.contains(reason.text())) {
            reason.notSupportedText(reason.text(), REASONS);
        }
    }

    private static void annotation(
            Field annotation, String policyName, AdmissionExpressions expressions) {
        Field key = annotation.child("key");
        if (policyName.isEmpty()) {
            key.invalid("requires metadata.name be non-empty");
        } else {
            String whole = policyName + "/" + key.text();
            Names.qualified(whole).forEach(why -> key.invalidText(whole, why));
        }
        Field value = annotation.child("valueExpression");
        int length = value.text().strip().length();
        if (length == 0) {
            value.required("valueExpression is not specified");
        } else if (length > LONGEST_ANNOTATION) {
            value.required("must not exceed %d bytes in length".formatted(LONGEST_ANNOTATION));
        } else {
            expressions.check(value, Result.TEXT_OR_NULL);
        }
    }
}
