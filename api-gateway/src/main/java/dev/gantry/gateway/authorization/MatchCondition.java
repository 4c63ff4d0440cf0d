package dev.gantry.gateway.authorization;

import dev.cel.runtime.CelEvaluationException;
import dev.gantry.expression.CelBudget;
import dev.gantry.expression.CelEnvironment;
import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.expression.CelValues;
import dev.gantry.gateway.configuration.ConfigurationSection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A condition under which a webhook is asked, about the {@code spec} of the SubjectAccessReview
 * that it would get.
 *
 * <p>Compat: {@code apiserver/pkg/authorization/cel}.
 */
public record MatchCondition(String text, CelExpression.Sound program) {
    private static final String REQUEST = "request";

    /** Whether it holds. */
    public enum Answer {
        HOLDS,
        FAILS,
        /** It could not be asked. */
        UNCLEAR
    }

    /** Empty where it is wrong, which is then noted. */
    static Optional<MatchCondition> compile(ConfigurationSection section, String field) {
        String text = section.text(field);
        return switch (Language.OF_REVIEWS.compile(text)) {
            case CelExpression.Wrong(var why) -> {
                section.invalid(field, "compilation failed: " + why);
                yield Optional.empty();
            }
            case CelExpression.Sound sound when sound.isCondition() ->
                    Optional.of(new MatchCondition(text, sound));
            case CelExpression.Sound _ -> {
                section.invalid(field, "must evaluate to bool");
                yield Optional.empty();
            }
        };
    }

    Answer judge(JsonNode spec, CelBudget budget) {
        try {
            Object request = CelValues.of(spec, Language.SPEC);
            return Boolean.TRUE.equals(program.ask(Map.of(REQUEST, request), budget))
                    ? Answer.HOLDS
                    : Answer.FAILS;
        } catch (CelEvaluationException problem) {
            return Answer.UNCLEAR;
        }
    }

    /** Made when it is used first. */
    private static final class Language {
        private static final long ANY_NUMBER = Long.MAX_VALUE;
        private static final CelForm TEXT = CelForm.text(ANY_NUMBER);
        private static final CelForm TEXTS = CelForm.list(TEXT, ANY_NUMBER);
        private static final CelForm SPEC = spec();
        private static final CelEnvironment OF_REVIEWS =
                CelEnvironment.of(new TreeMap<>(Map.of(REQUEST, SPEC)));

        private static CelForm spec() {
            SortedMap<String, CelForm> fields = new TreeMap<>();
            fields.put("resourceAttributes", resource());
            fields.put("nonResourceAttributes", texts("NonResourceAttributes", "path", "verb"));
            fields.put("user", TEXT);
            fields.put("groups", TEXTS);
            fields.put("extra", CelForm.map(TEXTS, ANY_NUMBER));
            fields.put("uid", TEXT);
            return CelForm.struct("kubernetes.SubjectAccessReviewSpec", fields);
        }

        private static CelForm resource() {
            SortedMap<String, CelForm> fields = new TreeMap<>();
            for (String each :
                    new String[] {
                        "namespace", "verb", "group", "version", "resource", "subresource", "name"
                    }) {
                fields.put(each, TEXT);
            }
            fields.put("fieldSelector", selector("Field"));
            fields.put("labelSelector", selector("Label"));
            return CelForm.struct("kubernetes.ResourceAttributes", fields);
        }

        /**
         * @param sort Field or Label
         */
        private static CelForm selector(String sort) {
            SortedMap<String, CelForm> requirement = new TreeMap<>();
            requirement.put("key", TEXT);
            requirement.put("operator", TEXT);
            requirement.put("values", TEXTS);
            SortedMap<String, CelForm> selector = new TreeMap<>();
            selector.put("rawSelector", TEXT);
            selector.put(
                    "requirements",
                    CelForm.list(
                            CelForm.struct(
                                    "kubernetes." + sort + "SelectorRequirement", requirement),
                            ANY_NUMBER));
            return CelForm.struct("kubernetes." + sort + "SelectorAttributes", selector);
        }

        private static CelForm texts(String name, String... properties) {
            SortedMap<String, CelForm> fields = new TreeMap<>();
            for (String each : properties) {
                fields.put(each, TEXT);
            }
            return CelForm.struct("kubernetes." + name, fields);
        }
    }
}
