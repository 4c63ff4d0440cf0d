package dev.gantry.gateway.authentication.jwt;

import com.google.protobuf.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.gantry.expression.CelBudget;
import dev.gantry.expression.CelEnvironment;
import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.gateway.configuration.ConfigurationSection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CEL expression about the claims of a token, or about the user that they make.
 *
 * <p>Compat: {@code apiserver/pkg/authentication/cel}. Stopped at the cost that a request's
 * expressions may have together.
 */
record ClaimExpression(String text, Variable variable, CelExpression.Sound program) {
    private static final long ANY_NUMBER = Long.MAX_VALUE;

    /** What it is about. The language is made when it is used first. */
    enum Variable {
        CLAIMS("claims"),
        USER("user");

        private final String wire;

        Variable(String wire) {
            this.wire = wire;
        }

        private CelExpression compile(String text) {
            return (this == CLAIMS ? Claims.LANGUAGE : User.LANGUAGE).compile(text);
        }

        private static CelEnvironment about(Variable variable, CelForm form) {
            return CelEnvironment.of(new TreeMap<>(Map.of(variable.wire, form)));
        }

        private static final class Claims {
            private static final CelEnvironment LANGUAGE =
                    about(CLAIMS, CelForm.map(CelForm.ANYTHING, ANY_NUMBER));
        }

        private static final class User {
            private static final CelEnvironment LANGUAGE = about(USER, form());

            private static CelForm form() {
                CelForm text = CelForm.text(ANY_NUMBER);
                CelForm texts = CelForm.list(text, ANY_NUMBER);
                SortedMap<String, CelForm> fields = new TreeMap<>();
                fields.put("username", text);
                fields.put("uid", text);
                fields.put("groups", texts);
                fields.put("extra", CelForm.map(texts, ANY_NUMBER));
                return CelForm.struct("kubernetes.UserInfo", fields);
            }
        }
    }

    /** Why an expression gave nothing of use. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String why) {
            super(why);
        }
    }

    /** Empty where it is wrong, which is then noted. */
    static Optional<ClaimExpression> compile(
            ConfigurationSection section, String field, Variable variable) {
        String text = section.text(field);
        return switch (variable.compile(text)) {
            case CelExpression.Wrong(var why) -> {
                section.invalid(field, "compilation failed: " + why);
                yield Optional.empty();
            }
            case CelExpression.Sound sound ->
                    Optional.of(new ClaimExpression(text, variable, sound));
        };
    }

    /** As {@link #compile}, for one that has to say yes or no. */
    static Optional<ClaimExpression> compileCondition(
            ConfigurationSection section, String field, Variable variable) {
        Optional<ClaimExpression> compiled = compile(section, field, variable);
        if (compiled.isPresent() && !compiled.get().program.isCondition()) {
            section.invalid(field, "must evaluate to bool");
            return Optional.empty();
        }
        return compiled;
    }

    /** Whether it reads that field of its variable by name. */
    boolean reads(String field) {
        return program.fields().contains(variable.wire + "." + field);
    }

    boolean isTrueOf(Object value, CelBudget budget) throws Failed {
        return Boolean.TRUE.equals(ask(value, budget));
    }

    String textOf(Object value, CelBudget budget) throws Failed {
        if (ask(value, budget) instanceof String answer) {
            return answer;
        }
        throw new Failed("expression must return a string: " + text);
    }

    /** Compat: an empty text stands for none. */
    List<String> textsOf(Object value, CelBudget budget) throws Failed {
        Object answer = ask(value, budget);
        List<String> texts = new ArrayList<>();
        switch (answer) {
            case String one -> texts.add(one);
            case Collection<?> list -> {
                for (Object each : list) {
                    if (!(each instanceof String one)) {
                        throw noTexts();
                    }
                    texts.add(one);
                }
            }
            case NullValue _ -> {}
            case dev.cel.common.values.NullValue _ -> {}
            default -> throw noTexts();
        }
        texts.removeIf(String::isEmpty);
        return texts;
    }

    private Failed noTexts() {
        return new Failed("expression must return a string or a list of strings: " + text);
    }

    private Object ask(Object value, CelBudget budget) throws Failed {
        try {
            return program.ask(Map.of(variable.wire, value), budget);
        } catch (CelEvaluationException failed) {
            throw new Failed("%s: %s".formatted(text, CelExpression.words(failed)));
        }
    }
}
