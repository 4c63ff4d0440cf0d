package dev.gantry.state.admission.podsecurity;

import java.util.List;
import java.util.Optional;

/**
 * One thing that standards forbid.
 *
 * @param since the first version of Kubernetes, as 1.x, whose standard has it
 * @param before the first whose standard has another check of the name instead
 * @param overridden baseline checks that are not asked where this one is
 */
record Check(String id, Level level, int since, int before, List<String> overridden, Test test) {
    /** Empty where the pod may do what it does. */
    @FunctionalInterface
    interface Test {
        Optional<Violation> of(PodParts pod);
    }

    static Check baseline(String id, Test test) {
        return new Check(id, Level.BASELINE, 0, Standard.LATEST, List.of(), test);
    }

    static Check restricted(String id, Test test) {
        return new Check(id, Level.RESTRICTED, 0, Standard.LATEST, List.of(), test);
    }

    Check since(int minor) {
        return new Check(id, level, minor, before, overridden, test);
    }

    Check before(int minor) {
        return new Check(id, level, since, minor, overridden, test);
    }

    Check overriding(String baseline) {
        return new Check(id, level, since, before, List.of(baseline), test);
    }

    boolean isOf(int minor) {
        return since <= minor && (minor < before || before == Standard.LATEST);
    }
}
