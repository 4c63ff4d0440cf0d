package dev.gantry.state.kind.admissionregistration.policy;

import dev.gantry.state.kind.admissionregistration.rule.ConditionNames;
import dev.gantry.state.kind.admissionregistration.rule.MatchRules;
import dev.gantry.state.kind.admissionregistration.rule.ParamRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Compat: {@code validateValidatingAdmissionPolicySpec} and its twin. */
final class PolicyRules {
    private static final List<String> FAILURE_POLICIES = List.of("Fail", "Ignore");
    private static final List<String> REASONS =
            List.of("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized");
    private static final int MOST_ANNOTATIONS = 20;
    private static final int LONGEST_ANNOTATION = 5 * 1024;
    private static final String NOTHING =
            "validations or auditAnnotations must contain at least one item";
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Set<String> RESERVED =
            Set.of(
                    "true", "false", "null", "in", "as", "break", "const", "continue", "else",
                    "for", "function", "if", "import", "let", "loop", "package", "namespace",
                    "return", "var", "void", "while");

    private PolicyRules() {}

    static void failurePolicy(Field policy) {
        if (!policy.isSet()) {
            policy.required("");
        } else if (!FAILURE_POLICIES.contains(policy.text())) {
            policy.notSupportedText(policy.text(), FAILURE_POLICIES);
        }
    }

    /** What both kinds of policies have. */
    static void common(Field spec) {
        failurePolicy(spec.child("failurePolicy"));
        ParamRules.kind(spec.child("paramKind"));
        Field match = spec.child("matchConstraints");
        if (match.isSet()) {
            MatchRules.check(match);
            if (match.child("resourceRules").isEmpty()) {
                match.child("resourceRules").required("");
            }
        } else {
            match.required("");
        }
        ConditionNames.check(spec.child("matchConditions"));
        spec.child("variables").items().forEach(PolicyRules::variable);
    }

    private static void variable(Field variable) {
        Field name = variable.child("name");
        if (name.text().isBlank()) {
            name.required("name is not specified");
        } else if (!IDENTIFIER.matcher(name.text()).matches() || RESERVED.contains(name.text())) {
            name.invalid("name is not a valid CEL identifier");
        }
        if (variable.text("expression").isBlank()) {
            variable.child("expression").required("expression is not specified");
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
        validations.items().forEach(PolicyRules::validation);
        if (annotations.items().size() > MOST_ANNOTATIONS) {
            annotations.invalid(
                    "must not have more than %d auditAnnotations".formatted(MOST_ANNOTATIONS));
        }
        Set<String> keys = new HashSet<>();
        for (Field each : annotations.items()) {
            annotation(each, policyName);
            if (!keys.add(each.text("key"))) {
                each.child("key").duplicate();
            }
        }
    }

    private static void validation(Field validation) {
        if (validation.text("expression").isBlank()) {
            validation.child("expression").required("expression is not specified");
        }
        Field said = validation.child("messageExpression");
        if (!said.isEmpty() && said.text().isBlank()) {
            said.invalid("must be non-empty if specified");
        }
        Field message = validation.child("message");
        String trimmed = message.text().strip();
        if (!message.isEmpty() && trimmed.isEmpty()) {
            message.invalid("message must be non-empty if specified");
        } else if (trimmed.contains("\n") || trimmed.contains("\r")) {
            message.invalid("message must not contain line breaks");
        }
        Field reason = validation.child("reason");
        if (reason.isSet() && !REASONS.contains(reason.text())) {
            reason.notSupportedText(reason.text(), REASONS);
        }
    }

    private static void annotation(Field annotation, String policyName) {
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
        }
    }
}
