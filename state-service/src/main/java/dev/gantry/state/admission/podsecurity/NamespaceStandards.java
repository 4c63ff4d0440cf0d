package dev.gantry.state.admission.podsecurity;

import dev.gantry.model.refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the labels of a namespace say, or what holds where they say nothing.
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

    public NamespaceStandards {
        errors = List.copyOf(errors);
    }

    static final NamespaceStandards PRIVILEGED =
            new NamespaceStandards(
                    Standard.PRIVILEGED, Standard.PRIVILEGED, Standard.PRIVILEGED, List.of());

    /**
     * @param defaults what holds where there is no label
     */
    static NamespaceStandards of(SortedMap<String, String> labels, NamespaceStandards defaults) {
        return new Reading(labels, PREFIX, "metadata.labels[" + PREFIX + "%s]").over(defaults);
    }

    /** As {@code defaults} of the configuration says them. */
    static NamespaceStandards ofDefaults(SortedMap<String, String> fields) {
        return new Reading(fields, "", "defaults.%s").over(PRIVILEGED);
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

    /**
     * @param prefix of the names of modes
     * @param field where an error is, by a format
     */
    private record Reading(
            SortedMap<String, String> said, String prefix, String field, List<FieldError> errors) {
        Reading(SortedMap<String, String> said, String prefix, String field) {
            this(said, prefix, field, new ArrayList<>());
        }

        NamespaceStandards over(NamespaceStandards defaults) {
            return new NamespaceStandards(
                    read("enforce", Level.RESTRICTED, defaults.enforce),
                    read("audit", Level.PRIVILEGED, defaults.audit),
                    read("warn", Level.PRIVILEGED, defaults.warn),
                    errors);
        }

        private Standard read(String mode, Level otherwise, Standard byDefault) {
            Standard found = byDefault;
            String level = said.get(prefix + mode);
            if (level != null) {
                Optional<Level> parsed = Level.parse(level);
                if (parsed.isEmpty()) {
                    errors.add(error(mode, level, LEVELS));
                }
                found = found.with(parsed.orElse(otherwise));
            }
            String version = said.get(prefix + mode + "-version");
            if (version != null) {
                Optional<Integer> parsed = Standard.minor(version);
                if (parsed.isEmpty()) {
                    errors.add(error(mode + "-version", version, VERSIONS));
                }
                found = found.of(parsed.orElse(Standard.LATEST));
            }
            return found;
        }

        private FieldError error(String name, String value, String why) {
            return FieldError.invalid(field.formatted(name), '"' + value + '"', why);
        }
    }
}
