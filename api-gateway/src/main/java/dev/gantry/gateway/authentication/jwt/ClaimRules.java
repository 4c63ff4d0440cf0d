package dev.gantry.gateway.authentication.jwt;

import dev.gantry.expression.CelBudget;
import dev.gantry.expression.CelForm;
import dev.gantry.expression.CelValues;
import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.authentication.jwt.ClaimExpression.Failed;
import dev.gantry.gateway.authentication.jwt.ClaimExpression.Variable;
import dev.gantry.gateway.configuration.ConfigurationSection;
import dev.gantry.model.exchange.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Which claims an issuer's tokens must hold, who they say somebody is, and who that may be.
 *
 * @param required claims that must have a value
 * @param conditions about the claims
 * @param userConditions about the caller that they make
 */
public record ClaimRules(
        ClaimMappings mappings,
        SortedMap<String, String> required,
        List<Condition> conditions,
        List<Condition> userConditions) {

    private record Condition(ClaimExpression expression, String message) {
        void check(Object value, CelBudget budget) throws Failed {
            if (!expression.isTrueOf(value, budget)) {
                throw new Failed(
                        "validation expression '%s' failed: %s"
                                .formatted(expression.text(), message));
            }
        }
    }

    static ClaimRules read(ConfigurationSection jwt) {
        SortedMap<String, String> required = new TreeMap<>();
        List<Condition> conditions = new ArrayList<>();
        Set<String> expressions = new HashSet<>();
        for (ConfigurationSection each : jwt.items("claimValidationRules")) {
            each.only("claim", "requiredValue", "expression", "message");
            if (each.has("claim") == each.has("expression")) {
                each.required("claim", "either claim or expression is required");
            } else if (each.has("claim")) {
                readRequired(each, required);
            } else {
                forbid(each, "requiredValue", "may not be specified when expression is set");
                condition(each, Variable.CLAIMS, expressions).ifPresent(conditions::add);
            }
        }
        ClaimMappings mappings = ClaimMappings.read(jwt.child("claimMappings"));
        List<Condition> ofUser = new ArrayList<>();
        Set<String> userExpressions = new HashSet<>();
        for (ConfigurationSection each : jwt.items("userValidationRules")) {
            each.only("expression", "message");
            condition(each, Variable.USER, userExpressions).ifPresent(ofUser::add);
        }
        boolean isVerified =
                mappings.readsVerification()
                        || conditions.stream()
                                .anyMatch(each -> each.expression.reads(ClaimMappings.VERIFIED));
        if (mappings.takesEmail() && !isVerified) {
            jwt.child("claimMappings")
                    .child("username")
                    .invalid(
                            "expression",
                            "claims.email_verified must be used in"
                                    + " claimMappings.username.expression or"
                                    + " claimMappings.extra[*].valueExpression or"
                                    + " claimValidationRules[*].expression when claims.email is"
                                    + " used in claimMappings.username.expression");
        }
        return new ClaimRules(mappings, required, List.copyOf(conditions), List.copyOf(ofUser));
    }

    /**
     * The claim that the groups are taken from as it is. Compat: only this one may stand elsewhere.
     */
    public Optional<String> groupsClaim() {
        return mappings.groups() instanceof ClaimMapping.Claim(var name, _)
                ? Optional.of(name)
                : Optional.empty();
    }

    /** Of a token whose signature is good. */
    public ClaimOutcome judge(JsonNode claims, JwtIssuer issuer, Instant now) {
        Optional<String> objection = issuer.objection(claims, now);
        if (objection.isPresent()) {
            return new ClaimOutcome.Unproven(objection.get());
        }
        try {
            return new ClaimOutcome.Proven(caller(claims));
        } catch (Failed failed) {
            return new ClaimOutcome.Unproven(String.valueOf(failed.getMessage()));
        }
    }

    private Caller caller(JsonNode claims) throws Failed {
        var budget = new CelBudget(CelBudget.ALL);
        Object values = CelValues.of(claims, CelForm.ANYTHING);
        for (Map.Entry<String, String> each : required.entrySet()) {
            JsonNode found = claims.path(each.getKey());
            if (!found.isString() || !found.stringValue().equals(each.getValue())) {
                throw new Failed(
                        "required claim %s is not %s".formatted(each.getKey(), each.getValue()));
            }
        }
        for (Condition each : conditions) {
            each.check(values, budget);
        }
        Caller caller = mappings.caller(claims, values, budget);
        for (Condition each : userConditions) {
            each.check(user(caller), budget);
        }
        return Identity.authenticated(caller.user(), caller.uid(), caller.groups(), caller.extra());
    }

    private static Map<String, Object> user(Caller caller) {
        return Map.of(
                "username", caller.user(),
                "uid", caller.uid(),
                "groups", caller.groups(),
                "extra", caller.extra());
    }

    private static void readRequired(
            ConfigurationSection rule, SortedMap<String, String> required) {
        forbid(rule, "message", "may not be specified when claim is set");
        if (required.put(rule.text("claim"), rule.text("requiredValue")) != null) {
            rule.duplicate("claim");
        }
    }

    private static Optional<Condition> condition(
            ConfigurationSection rule, Variable variable, Set<String> expressions) {
        if (rule.text("expression").isEmpty()) {
            rule.required("expression", "");
            return Optional.empty();
        }
        if (!expressions.add(rule.text("expression"))) {
            rule.duplicate("expression");
            return Optional.empty();
        }
        return ClaimExpression.compileCondition(rule, "expression", variable)
                .map(expression -> new Condition(expression, rule.text("message")));
    }

    private static void forbid(ConfigurationSection rule, String field, String why) {
        if (!rule.text(field).isEmpty()) {
            rule.invalid(field, why);
        }
    }
}
