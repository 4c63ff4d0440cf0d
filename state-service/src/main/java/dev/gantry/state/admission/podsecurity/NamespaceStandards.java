package dev.gantry.state.admission.podsecurity;

import dev.gantry.model.refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the labels of a namespace say.
 *
 * <p>Compat: {@code PolicyToEvaluate}: a level that is none is the strictest where it is enforced,
 * and none where it is only told of.
 *
 * @param enforce what pods are refused by
 * @param audit what goes into the audit log
 * @param warn what clients are warned of
 * @param errors in the labels
 */
public record NamespaceStandards(
        Standard enforce, Standard audit, Standard warn, List<FieldError> errors) {
    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final String LEVELS = "must be one of privileged, baseline, restricted";
    private static final String VERSIONS = "must be \"latest\" or \"v1.x\"";

    public static NamespaceStandards of(SortedMap<String, String> labels) {
        List<FieldError> errors = new ArrayList<>();
        return new NamespaceStandards(
                read(labels, "enforce", Level.RESTRICTED, errors),
                read(labels, "audit", Level.PRIVILEGED, errors),
                read(labels, "warn", Level.PRIVILEGED, errors),
                List.copyOf(errors));
    }

    /** Whether pods of the namespace may do anything, and nobody wants to hear of it. */
    public boolean allowEverything() {
        return errors.isEmpty() && enforce.level() == Level.PRIVILEGED && tellNothing();
    }

    /** Whether only what is enforced counts, if anything. */
    public boolean tellNothing() {
        return errors.isEmpty()
                && audit.level() == Level.PRIVILEGED
                && warn.level() == Level.PRIVILEGED;
    }

    private static Standard read(
            SortedMap<String, String> labels,
            String mode,
            Level otherwise,
            List<FieldError> errors) {
        Standard found = Standard.PRIVILEGED;
        String level = labels.get(PREFIX + mode);
        if (level != null) {
            Optional<Level> parsed = Level.parse(level);
            if (parsed.isEmpty()) {
                errors.add(error(mode, level, LEVELS));
            }
            found = found.with(parsed.orElse(otherwise));
        }
        String version = labels.get(PREFIX + mode + "-version");
        if (version != null) {
            Optional<Integer> parsed = Standard.minor(version);
            if (parsed.isEmpty()) {
                errors.add(error(mode + "-version", version, VERSIONS));
            }
            found = found.of(parsed.orElse(Standard.LATEST));
        }
        return found;
    }

    private static FieldError error(String label, String value, String why) {
        return FieldError.invalid(
                "metadata.labels[" + PREFIX + label + "]", '"' + value + '"', why);
    }
}
