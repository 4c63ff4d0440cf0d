package dev.gantry.state.registry.option;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * What a DELETE asks for beside the name.
 *
 * @param orphansDependents the deprecated option, where it was given
 * @param propagation as the client wrote it; empty where it did not
 * @param uid of the precondition, empty where there is none
 * @param resourceVersion of the precondition, empty where there is none
 */
public record DeletionOptions(
        OptionalLong gracePeriodSeconds,
        Optional<Boolean> orphansDependents,
        String propagation,
        String uid,
        String resourceVersion) {
    public static final DeletionOptions NONE =
            new DeletionOptions(OptionalLong.empty(), Optional.empty(), "", "", "");

    /** What shall become of the objects that the deleted one owns. */
    public enum Propagation {
        ORPHAN("Orphan"),
        BACKGROUND("Background"),
        FOREGROUND("Foreground");

        private final String wire;

        Propagation(String wire) {
            this.wire = wire;
        }

        static Optional<Propagation> parse(String text) {
            for (Propagation each : values()) {
                if (each.wire.equals(text)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }
    }

    /** From a {@code DeleteOptions} body. */
    public static DeletionOptions of(JsonNode body) {
        JsonNode grace = body.path("gracePeriodSeconds");
        JsonNode orphan = body.path("orphanDependents");
        JsonNode preconditions = body.path("preconditions");
        return new DeletionOptions(
                grace.isIntegralNumber()
                        ? OptionalLong.of(grace.longValue())
                        : OptionalLong.empty(),
                orphan.isBoolean() ? Optional.of(orphan.booleanValue()) : Optional.empty(),
                text(body, "propagationPolicy"),
                text(preconditions, "uid"),
                text(preconditions, "resourceVersion"));
    }

    /** What a {@code DeleteOptions} body says of a dry run. */
    public static List<String> dryRun(JsonNode body) {
        List<String> values = new ArrayList<>();
        body.path("dryRun").forEach(each -> values.add(each.asString("")));
        return values;
    }

    /** From the query, for a DELETE without a body. */
    public static DeletionOptions of(Query query) {
        return new DeletionOptions(
                query.number("gracePeriodSeconds"),
                query.has("orphanDependents")
                        ? Optional.of(query.isSet("orphanDependents"))
                        : Optional.empty(),
                query.first("propagationPolicy"),
                "",
                "");
    }

    /** Empty where the options make sense; the list is the receiver's own. */
    public List<FieldError> errors() {
        List<FieldError> errors = new ArrayList<>();
        if (!propagation.isEmpty() && orphansDependents.isPresent()) {
            errors.add(
                    FieldError.invalid(
                            "propagationPolicy",
                            '"' + propagation + '"',
                            "orphanDependents and deletionPropagation cannot be both set"));
        }
        if (!propagation.isEmpty() && Propagation.parse(propagation).isEmpty()) {
            errors.add(
                    FieldError.notSupported(
                            "propagationPolicy",
                            '"' + propagation + '"',
                            List.of("Foreground", "Background", "Orphan", "nil")));
        }
        return errors;
    }

    /** Empty where there are no errors. */
    public static Optional<Refusal> refusal(List<FieldError> errors) {
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal.Invalid("meta.k8s.io", "DeleteOptions", "", errors));
    }

    /** Empty where the client left it to the object and its kind. */
    public Optional<Propagation> wantedPropagation() {
        if (orphansDependents.isPresent()) {
            return Optional.of(
                    orphansDependents.get() ? Propagation.ORPHAN : Propagation.BACKGROUND);
        }
        return Propagation.parse(propagation);
    }

    public DeletionOptions withGrace(long seconds) {
        return new DeletionOptions(
                OptionalLong.of(seconds), orphansDependents, propagation, uid, resourceVersion);
    }
}
