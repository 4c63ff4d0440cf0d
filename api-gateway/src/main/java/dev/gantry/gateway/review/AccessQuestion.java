package dev.gantry.gateway.review;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a SubjectAccessReview, of whatever of the three kinds, asks. */
public sealed interface AccessQuestion {
    /**
     * @param complaint what of the question was not understood; may be empty
     */
    record May(Caller subject, Access access, String complaint) implements AccessQuestion {}

    record Malformed(Refusal why) implements AccessQuestion {}

    /** Whether the caller may. */
    static AccessQuestion self(Resource review, Caller caller) {
        List<FieldError> errors = new ArrayList<>(attributeErrors(review.spec()));
        errors.addAll(selectorErrors(review.spec()));
        return errors.isEmpty()
                ? may(caller, review.spec())
                : invalid("SelfSubjectAccessReview", errors);
    }

    /** Whether somebody else may. */
    static AccessQuestion subject(Resource review) {
        List<FieldError> errors = new ArrayList<>(attributeErrors(review.spec()));
        errors.addAll(subjectErrors(review.spec()));
        errors.addAll(selectorErrors(review.spec()));
        return errors.isEmpty()
                ? may(subjectIn(review.spec()), review.spec())
                : invalid("SubjectAccessReview", errors);
    }

    /** Whether somebody else may in one namespace, that of the request. */
    static AccessQuestion local(Resource review, String namespace) {
        JsonNode attributes = review.spec().path("resourceAttributes");
        List<FieldError> errors = new ArrayList<>(attributeErrors(review.spec()));
        errors.addAll(subjectErrors(review.spec()));
        errors.addAll(selectorErrors(review.spec()));
        if (!Resource.text(attributes, "namespace").equals(namespace)) {
            errors.add(
                    FieldError.invalid(
                            "spec.resourceAttributes.namespace",
                            '"' + Resource.text(attributes, "namespace") + '"',
                            "must match metadata.namespace"));
        }
        return errors.isEmpty()
                ? may(subjectIn(review.spec()), review.spec())
                : invalid("LocalSubjectAccessReview", errors);
    }

    private static List<FieldError> attributeErrors(JsonNode spec) {
        boolean ofResource = spec.path("resourceAttributes").isObject();
        boolean ofPath = spec.path("nonResourceAttributes").isObject();
        if (ofResource == ofPath) {
            String field = ofResource ? "spec.nonResourceAttributes" : "spec.resourceAttributes";
            String why =
                    ofResource
                            ? "cannot be specified in combination with resourceAttributes"
                            : "exactly one of nonResourceAttributes or resourceAttributes must be"
                                    + " specified";
            return List.of(FieldError.invalid(field, ofResource ? "{}" : "null", why));
        }
        return List.of();
    }

    private static List<FieldError> subjectErrors(JsonNode spec) {
        boolean isNobody = Resource.text(spec, "user").isEmpty() && spec.path("groups").isEmpty();
        return isNobody
                ? List.of(
                        FieldError.invalid(
                                "spec.user",
                                "\"\"",
                                "at least one of user or group must be specified"))
                : List.of();
    }

    private static List<FieldError> selectorErrors(JsonNode spec) {
        return ReviewSelectors.errors(spec.path("resourceAttributes"));
    }

    private static Malformed invalid(String kind, List<FieldError> errors) {
        return new Malformed(new Refusal.Invalid("authorization.k8s.io", kind, "", errors));
    }

    private static Caller subjectIn(JsonNode spec) {
        List<String> groups = new ArrayList<>();
        spec.path("groups").forEach(each -> groups.add(each.asString("")));
        return new Caller(
                Resource.text(spec, "user"),
                Resource.text(spec, "uid"),
                groups,
                Caller.extraIn(spec.path("extra")));
    }

    private static May may(Caller subject, JsonNode spec) {
        JsonNode path = spec.path("nonResourceAttributes");
        if (path.isObject()) {
            Access access = Access.path(Resource.text(path, "verb"), Resource.text(path, "path"));
            return new May(subject, access, "");
        }
        JsonNode of = spec.path("resourceAttributes");
        ReviewSelectors selectors = ReviewSelectors.of(of);
        Access access = Access.resource(of, selectors.selection());
        return new May(subject, access, selectors.complaint());
    }
}
