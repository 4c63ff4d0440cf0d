package dev.gantry.state.token;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a {@code TokenRequest} asks for.
 *
 * @param audiences never empty
 */
public record TokenSpec(List<String> audiences, long expirationSeconds, Optional<Bound> bound) {
    private static final long DEFAULT_SECONDS = 3600;
    private static final long SHORTEST_SECONDS = 600;
    private static final long LONGEST_SECONDS = 1L << 32;

    /** The object whose life the token shares. {@code uid} is empty where any will do. */
    public record Bound(String apiVersion, String kind, String name, String uid) {}

    /**
     * @param audience the API server's own, for those who name none
     */
    public static TokenSpec of(Resource request, String audience) {
        JsonNode spec = request.spec();
        List<String> audiences = new ArrayList<>();
        spec.path("audiences").forEach(each -> audiences.add(each.asString("")));
        if (audiences.isEmpty()) {
            audiences.add(audience);
        }
        JsonNode ref = spec.path("boundObjectRef");
        Optional<Bound> bound =
                ref.isObject()
                        ? Optional.of(
                                new Bound(
                                        text(ref, "apiVersion"),
                                        text(ref, "kind"),
                                        text(ref, "name"),
                                        text(ref, "uid")))
                        : Optional.empty();
        long seconds = spec.path("expirationSeconds").asLong(DEFAULT_SECONDS);
        return new TokenSpec(audiences, seconds, bound);
    }

    /** Compat: {@code ValidateTokenRequest}; a request has no name, whatever it is for. */
    public Optional<Refusal> invalid() {
        String field = "spec.expirationSeconds";
        String shown = Long.toString(expirationSeconds);
        List<FieldError> errors = new ArrayList<>();
        if (expirationSeconds < SHORTEST_SECONDS) {
            errors.add(
                    FieldError.invalid(
                            field, shown, "may not specify a duration less than 10 minutes"));
        }
        if (expirationSeconds > LONGEST_SECONDS) {
            errors.add(
                    FieldError.invalid(
                            field, shown, "may not specify a duration larger than 2^32 seconds"));
        }
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.Invalid("authentication.k8s.io", "TokenRequest", "", errors));
    }
}
