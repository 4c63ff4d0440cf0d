package dev.gantry.state.schema.structural;

import dev.gantry.expression.CelBudget;
import dev.gantry.expression.CelEnvironment;
import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One of {@code x-kubernetes-validations}, compiled.
 *
 * @param declared as it was written
 * @param condition what must hold
 * @param message made where it does not; empty where the rule has none, or none that is one
 */
public record Rule(JsonNode declared, CelExpression condition, Optional<CelExpression> message) {
    public static final String SELF = "self";
    public static final String OLD_SELF = "oldSelf";

    public static Rule of(JsonNode declared, CelForm self) {
        boolean isOptional = declared.path("optionalOldSelf").asBoolean(false);
        SortedMap<String, CelForm> variables = new TreeMap<>();
        variables.put(SELF, self);
        variables.put(OLD_SELF, isOptional ? self.orNone() : self);
        CelEnvironment environment = CelEnvironment.of(variables);
        String message = Resource.text(declared, "messageExpression");
        return new Rule(
                declared,
                environment.compile(text(declared)),
                message.isBlank() ? Optional.empty() : Optional.of(environment.compile(message)));
    }

    private static String text(JsonNode declared) {
        return Resource.text(declared, "rule");
    }

    /** Whether it is about a change, and not asked where there was nothing before. */
    boolean isTransition() {
        return usesOldSelf() && !isOldOptional();
    }

    public boolean usesOldSelf() {
        return condition instanceof CelExpression.Sound sound
                && sound.variables().contains(OLD_SELF);
    }

    boolean isOldOptional() {
        return declared.path("optionalOldSelf").asBoolean(false);
    }

    String fieldPath() {
        return Resource.text(declared, "fieldPath");
    }

    String reason() {
        return Resource.text(declared, "reason");
    }

    /** What is told where it does not hold. */
    String words(Map<String, Object> values, CelBudget budget) {
        if (message.isPresent() && message.get() instanceof CelExpression.Sound sound) {
            Optional<String> made = made(sound, values, budget);
            if (made.isPresent()) {
                return made.get();
            }
        }
        String plain = plainWords();
        return plain.equals(text(declared).strip()) ? "failed rule: " + plain : plain;
    }

    /** What it says of itself, or else the rule. */
    String plainWords() {
        String plain = Resource.text(declared, "message").strip();
        return plain.isEmpty() ? text(declared).strip() : plain;
    }

    /** Empty where it fails, or is no single line. */
    private static Optional<String> made(
            CelExpression.Sound sound, Map<String, Object> values, CelBudget budget) {
        try {
            return Optional.of(sound.ask(values, budget))
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty() && !text.contains("\n"));
        } catch (dev.cel.runtime.CelEvaluationException failed) {
            return Optional.empty();
        }
    }
}
