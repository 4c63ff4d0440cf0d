package dev.gantry.gateway.review;

import dev.gantry.authorization.Selection;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.FieldSelector.Term;
import dev.gantry.model.selector.LabelQuery;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The selectors of a review. What is not understood of them is left out, and said: so more is asked
 * for than is wanted, and never less.
 *
 * <p>Compat: {@code validateFieldSelectorAttributes}, {@code validateLabelSelectorAttributes} and
 * {@code BuildEvaluationError}.
 *
 * @param complaint what was left out; may be empty
 */
record ReviewSelectors(Selection selection, String complaint) {
    private static final String ATTRIBUTES = "spec.resourceAttributes.";
    private static final String FIELDS = "fieldSelector";
    private static final String LABELS = "labelSelector";

    static ReviewSelectors of(JsonNode attributes) {
        List<String> complaints = new ArrayList<>();
        FieldSelector fields = fields(attributes.path(FIELDS), complaints);
        LabelSelector labels = labels(attributes.path(LABELS), complaints);
        return new ReviewSelectors(new Selection(fields, labels), String.join("; ", complaints));
    }

    static List<FieldError> errors(JsonNode attributes) {
        List<FieldError> errors = new ArrayList<>();
        for (String each : List.of(FIELDS, LABELS)) {
            JsonNode selector = attributes.path(each);
            if (selector.isObject()) {
                check(ATTRIBUTES + each, selector, errors);
            }
        }
        return errors;
    }

    private static void check(String path, JsonNode selector, List<FieldError> errors) {
        String raw = Resource.text(selector, "rawSelector");
        JsonNode requirements = selector.path("requirements");
        if (!raw.isEmpty() && !requirements.isEmpty()) {
            errors.add(
                    FieldError.invalid(
                            path + ".rawSelector",
                            '"' + raw + '"',
                            "may not specified at the same time as requirements"));
        }
        if (raw.isEmpty() && requirements.isEmpty()) {
            errors.add(
                    FieldError.required(
                            path + ".requirements",
                            "when %s is specified, requirements or rawSelector is required"
                                    .formatted(path)));
        }
        for (int i = 0; i < requirements.size(); i++) {
            check(path + ".requirements[" + i + "]", requirements.path(i)).ifPresent(errors::add);
        }
    }

    /** Compat: operators that are not known may be of a newer client. */
    private static Optional<FieldError> check(String path, JsonNode requirement) {
        if (Resource.text(requirement, "key").isEmpty()) {
            return Optional.of(FieldError.required(path + ".key", "must be specified"));
        }
        boolean hasValues = !requirement.path("values").isEmpty();
        return switch (Resource.text(requirement, "operator")) {
            case "In", "NotIn" ->
                    hasValues
                            ? Optional.empty()
                            : Optional.of(
                                    FieldError.required(
                                            path + ".values",
                                            "must be specified when `operator` is 'In' or 'NotIn'"));
            case "Exists", "DoesNotExist" ->
                    hasValues
                            ? Optional.of(
                                    FieldError.forbidden(
                                            path + ".values",
                                            "may not be specified when `operator` is 'Exists' or"
                                                    + " 'DoesNotExist'"))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static FieldSelector fields(JsonNode selector, List<String> complaints) {
        String raw = Resource.text(selector, "rawSelector");
        if (!raw.isEmpty()) {
            try {
                return FieldSelector.parse(raw);
            } catch (IllegalArgumentException malformed) {
                complain(FIELDS, false, complaints);
                return FieldSelector.EVERYTHING;
            }
        }
        List<Term> terms = new ArrayList<>();
        JsonNode requirements = selector.path("requirements");
        for (JsonNode each : requirements) {
            String operator = Resource.text(each, "operator");
            boolean isComparison = operator.equals("In") || operator.equals("NotIn");
            if (isComparison && each.path("values").size() == 1) {
                terms.add(
                        new Term(
                                Resource.text(each, "key"),
                                each.path("values").path(0).asString(""),
                                operator.equals("In")));
            }
        }
        if (terms.size() < requirements.size()) {
            complain(FIELDS, !terms.isEmpty(), complaints);
        }
        return new FieldSelector(terms);
    }

    private static LabelSelector labels(JsonNode selector, List<String> complaints) {
        String raw = Resource.text(selector, "rawSelector");
        if (!raw.isEmpty()) {
            try {
                return LabelQuery.parse(raw);
            } catch (IllegalArgumentException malformed) {
                complain(LABELS, false, complaints);
                return LabelSelector.EVERYTHING;
            }
        }
        List<Requirement> found = new ArrayList<>();
        JsonNode requirements = selector.path("requirements");
        for (JsonNode each : requirements) {
            List<String> values = new ArrayList<>();
            each.path("values").forEach(value -> values.add(value.asString("")));
            operatorOf(Resource.text(each, "operator"))
                    .map(operator -> new Requirement(Resource.text(each, "key"), operator, values))
                    .ifPresent(found::add);
        }
        if (found.size() < requirements.size()) {
            complain(LABELS, !found.isEmpty(), complaints);
        }
        return new LabelSelector(found);
    }

    private static Optional<Operator> operatorOf(String wire) {
        return switch (wire) {
            case "In" -> Optional.of(Operator.IN);
            case "NotIn" -> Optional.of(Operator.NOT_IN);
            case "Exists" -> Optional.of(Operator.EXISTS);
            case "DoesNotExist" -> Optional.of(Operator.NOT_EXISTS);
            default -> Optional.empty();
        };
    }

    private static void complain(String selector, boolean isPartial, List<String> complaints) {
        complaints.add(
                "%s%s %signored due to parse error"
                        .formatted(ATTRIBUTES, selector, isPartial ? "partially " : ""));
    }
}
