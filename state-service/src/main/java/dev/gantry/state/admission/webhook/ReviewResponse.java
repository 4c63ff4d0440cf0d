package dev.gantry.state.admission.webhook;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.state.validation.GoText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A webhook's answer that is one.
 *
 * @param patch empty where nothing shall change
 * @param auditAnnotations by keys of the webhook's own
 * @param status says why it is not allowed
 */
record ReviewResponse(
        boolean isAllowed,
        byte[] patch,
        List<String> warnings,
        JsonNode auditAnnotations,
        JsonNode status) {
    private static final String JSON_PATCH = "JSONPatch";

    /** As read, or what is wrong with it. */
    sealed interface Reading {
        record Valid(ReviewResponse response) implements Reading {}

        record Invalid(String why) implements Reading {}
    }

    /**
     * Compat: {@code VerifyAdmissionResponse}.
     *
     * @param uid of the question
     * @param version of the review that was sent
     */
    static Reading read(JsonNode review, String uid, String version, boolean isMutating) {
        JsonNode response = review.path("response");
        if (!response.isObject()) {
            return new Reading.Invalid("webhook response was absent");
        }
        boolean isStrict = version.equals("v1");
        Optional<String> mistake =
                isStrict
                        ? mistaken(review, response, uid).or(() -> patched(response, isMutating))
                        : Optional.empty();
        if (mistake.isPresent()) {
            return new Reading.Invalid(mistake.get());
        }
        byte[] patch;
        try {
            patch = isMutating ? Base64.getDecoder().decode(text(response, "patch")) : new byte[0];
        } catch (IllegalArgumentException malformed) {
            return new Reading.Invalid("illegal base64 data at input byte 0");
        }
        List<String> warnings = new ArrayList<>();
        response.path("warnings").forEach(each -> warnings.add(each.asString("")));
        return new Reading.Valid(
                new ReviewResponse(
                        response.path("allowed").asBoolean(false),
                        patch,
                        warnings,
                        response.path("auditAnnotations"),
                        response.path("status")));
    }

    private static Optional<String> mistaken(JsonNode review, JsonNode response, String uid) {
        String found = text(response, "uid");
        if (!found.equals(uid)) {
            return Optional.of(
                    "expected response.uid=%s, got %s"
                            .formatted(GoText.quote(uid), GoText.quote(found)));
        }
        String type = typeOf(text(review, "apiVersion"), text(review, "kind"));
        String expected = typeOf(AdmissionReview.GROUP + "/v1", "AdmissionReview");
        return type.equals(expected)
                ? Optional.empty()
                : Optional.of("expected webhook response of %s, got %s".formatted(expected, type));
    }

    private static Optional<String> patched(JsonNode response, boolean isMutating) {
        boolean hasPatch = !text(response, "patch").isEmpty();
        boolean hasType = response.hasNonNull("patchType");
        String type = text(response, "patchType");
        if (!isMutating) {
            return hasPatch
                    ? Optional.of("validating webhook may not return response.patch")
                    : Optional.of("validating webhook may not return response.patchType")
                            .filter(_ -> hasType);
        }
        if (hasPatch && !hasType) {
            return Optional.of("webhook returned response.patch but not response.patchType");
        }
        if (!hasPatch && hasType) {
            return Optional.of("webhook returned response.patchType but not response.patch");
        }
        return hasType && !type.equals(JSON_PATCH)
                ? Optional.of(
                        "webhook returned invalid response.patchType of " + GoText.quote(type))
                : Optional.empty();
    }

    /** Compat: {@code GroupVersionKind.String}. */
    private static String typeOf(String apiVersion, String kind) {
        String written = apiVersion.contains("/") ? apiVersion : "/" + apiVersion;
        return written + ", Kind=" + kind;
    }
}
