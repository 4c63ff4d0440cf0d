package dev.gantry.state.kind.core.resourcequota;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Which objects a quota counts.
 *
 * <p>Compat: {@code validateResourceQuotaScopes} and {@code
 * validateScopedResourceSelectorRequirement}.
 */
final class ScopeRules {
    private static final List<List<String>> OPPOSITES =
            List.of(
                    List.of("BestEffort", "NotBestEffort"),
                    List.of("Terminating", "NotTerminating"));
    private static final Set<String> EXIST_ONLY =
            Set.of(
                    "Terminating",
                    "NotTerminating",
                    "BestEffort",
                    "NotBestEffort",
                    "CrossNamespacePodAffinity");
    private static final Set<String> COMPUTE =
            Set.of(
                    "cpu",
                    "memory",
                    "limits.cpu",
                    "limits.memory",
                    "requests.cpu",
                    "requests.memory");
    private static final Set<String> CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");

    private ScopeRules() {}

    static void check(Field spec) {
        Set<String> amounts = new TreeSet<>(spec.child("hard").entries().keySet());
        Field scopes = spec.child("scopes");
        for (String scope : scopes.texts()) {
            if (!isKnown(scope)) {
                scopes.invalid("unsupported scope");
            }
            misapplied(scope, amounts).forEach(scopes::invalid);
        }
        conflicts(scopes.texts()).forEach(scopes::invalid);
        Field selector = spec.child("scopeSelector");
        if (selector.isSet()) {
            selector(selector.child("matchExpressions"), amounts, scopes);
        }
    }

    private static void selector(Field terms, Set<String> amounts, Field plain) {
        StringJoiner printed = new StringJoiner(",", "{\"MatchExpressions\":[", "]}");
        terms.items().forEach(each -> printed.add(printed(each)));
        for (Field term : terms.items()) {
            Field scope = term.child("scopeName").at(terms.path() + ".scopeName");
            if (!isKnown(scope.text())) {
                scope.invalidText(scope.text(), "unsupported scope");
            }
            misapplied(scope.text(), amounts)
                    .forEach(each -> terms.invalidAs(printed.toString(), each));
            operator(term, terms, scope.text());
        }
        List<String> scopes = terms.items().stream().map(each -> each.text("scopeName")).toList();
        // Compat: the plain scopes are shown.
        String shown = plain.isSet() ? plain.value().toString() : "null";
        conflicts(scopes).forEach(each -> terms.invalidAs(shown, each));
    }

    private static void operator(Field term, Field terms, String scope) {
        Field operator = term.child("operator").at(terms.path() + ".operator");
        Field values = term.child("values").at(terms.path() + ".values");
        if (EXIST_ONLY.contains(scope) && !operator.text().equals("Exists")) {
            operator.invalidText(
                    operator.text(),
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                            + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                            + " ResourceQuotaScopeNotBestEffort or"
                            + " ResourceQuotaScopeCrossNamespacePodAffinity");
        }
        switch (operator.text()) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    values.required(
                            "must be at least one value when `operator` is 'In' or 'NotIn' for"
                                    + " scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    values.invalid(
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for"
                                    + " scope selector");
                }
            }
            default -> operator.invalidText(operator.text(), "not a valid selector operator");
        }
    }

    private static String printed(Field term) {
        return new GoStruct(term.value())
                .text("ScopeName", "scopeName")
                .text("Operator", "operator")
                .value("Values", "values")
                .toString();
    }

    private static boolean isKnown(String scope) {
        return EXIST_ONLY.contains(scope)
                || scope.equals("PriorityClass")
                || scope.equals("VolumeAttributesClass");
    }

    /** A reason for each amount that such a scope cannot bound. */
    private static List<String> misapplied(String scope, Set<String> amounts) {
        return amounts.stream()
                .filter(ResourceQuotaRules::isStandard)
                .filter(each -> isKnown(scope) && !suits(scope, each))
                .map(_ -> "unsupported scope applied to resource")
                .toList();
    }

    private static boolean suits(String scope, String amount) {
        return switch (scope) {
            case "BestEffort" -> amount.equals("pods");
            case "VolumeAttributesClass" -> CLAIMS.contains(amount);
            default -> amount.equals("pods") || COMPUTE.contains(amount);
        };
    }

    private static List<String> conflicts(List<String> scopes) {
        return OPPOSITES.stream()
                .filter(scopes::containsAll)
                .map(_ -> "conflicting scopes")
                .toList();
    }
}
