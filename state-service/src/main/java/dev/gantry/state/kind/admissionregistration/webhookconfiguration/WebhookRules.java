package dev.gantry.state.kind.admissionregistration.webhookconfiguration;

import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.kind.admissionregistration.rule.MatchConditionRules;
import dev.gantry.state.kind.admissionregistration.rule.RuleRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compat: {@code pkg/apis/admissionregistration/validation}. */
final class WebhookRules {
    private static final List<String> FAILURE_POLICIES = List.of("Fail", "Ignore");
    private static final List<String> MATCH_POLICIES = List.of("Equivalent", "Exact");
    private static final List<String> SIDE_EFFECTS = List.of("None", "NoneOnDryRun");
    private static final List<String> REINVOCATION = List.of("IfNeeded", "Never");
    private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");
    private static final int MOST_SECONDS = 30;
    private static final int NAME_SEGMENTS = 3;

    private WebhookRules() {}

    static void check(Field webhooks) {
        Set<String> names = new HashSet<>();
        for (Field each : webhooks.items()) {
            webhook(each);
            reviewVersions(each.child("admissionReviewVersions"));
            Field name = each.child("name");
            if (!name.isEmpty() && !names.add(name.text())) {
                name.duplicate();
            }
        }
    }

    private static void webhook(Field webhook) {
        fullyQualified(webhook.child("name"));
        webhook.child("rules").items().forEach(RuleRules::check);
        oneOf(webhook.child("failurePolicy"), FAILURE_POLICIES);
        oneOf(webhook.child("matchPolicy"), MATCH_POLICIES);
        Field sideEffects = webhook.child("sideEffects");
        if (!sideEffects.isSet()) {
            sideEffects.required("must specify one of " + String.join(", ", SIDE_EFFECTS));
        }
        oneOf(sideEffects, SIDE_EFFECTS);
        Field timeout = webhook.child("timeoutSeconds");
        if (timeout.isSet() && (timeout.number() > MOST_SECONDS || timeout.number() < 1)) {
            timeout.invalid("the timeout value must be between 1 and 30 seconds");
        }
        LabelRules.selector(webhook.child("namespaceSelector"));
        LabelRules.selector(webhook.child("objectSelector"));
        oneOf(webhook.child("reinvocationPolicy"), REINVOCATION);
        ClientConfigRules.check(webhook.child("clientConfig"));
        MatchConditionRules.check(webhook.child("matchConditions"), AdmissionExpressions::plain);
    }

    private static void oneOf(Field field, List<String> supported) {
        if (field.isSet() && !supported.contains(field.text())) {
            field.notSupportedText(field.text(), supported);
        }
    }

    /** Compat: {@code IsFullyQualifiedName}. */
    private static void fullyQualified(Field name) {
        if (name.isEmpty()) {
            name.required("");
            return;
        }
        List<String> wrong = Names.dnsSubdomain(name.text());
        if (!wrong.isEmpty()) {
            name.invalid(String.join(",", wrong));
        } else if (name.text().split("\\.", -1).length < NAME_SEGMENTS) {
            name.invalid("should be a domain with at least three segments separated by dots");
        }
    }

    private static void reviewVersions(Field versions) {
        if (versions.isEmpty()) {
            versions.required("must specify one of " + String.join(", ", REVIEW_VERSIONS));
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Field each : versions.items()) {
            if (seen.add(each.text())) {
                each.invalidFor(Names.dns1035Label(each.text()));
            } else {
                each.invalid("duplicate version");
            }
        }
        if (versions.texts().stream().noneMatch(REVIEW_VERSIONS::contains)) {
            versions.invalid("must include at least one of " + String.join(", ", REVIEW_VERSIONS));
        }
    }
}
