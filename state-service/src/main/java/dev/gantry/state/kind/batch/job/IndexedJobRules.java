package dev.gantry.state.kind.batch.job;

import dev.gantry.state.validation.Field;

/**
 * A Job in which each completion has a number. The limits bound how long the texts of a status
 * become that list such numbers.
 */
final class IndexedJobRules {
    private static final int MOST_AT_ONCE = 100_000;
    private static final int MANY = 100_000;
    private static final int MOST_OF_MANY = 10_000;

    private IndexedJobRules() {}

    static void check(Field spec) {
        Field completions = spec.child("completions");
        Field parallelism = spec.child("parallelism");
        Field failed = spec.child("maxFailedIndexes");
        if (!completions.isSet()) {
            completions.required("when completion mode is Indexed");
        }
        if (parallelism.number() > MOST_AT_ONCE) {
            parallelism.invalid(
                    "must be less than or equal to %d when completion mode is Indexed"
                            .formatted(MOST_AT_ONCE));
        }
        if (completions.isSet() && failed.number() > completions.number()) {
            failed.invalid("must be less than or equal to completions");
        }
        if (failed.number() > MOST_AT_ONCE) {
            failed.invalid("must be less than or equal to " + MOST_AT_ONCE);
        }
        if (completions.number() > MANY && spec.has("backoffLimitPerIndex")) {
            if (!failed.isSet()) {
                failed.required("must be specified when completions is above " + MANY);
            }
            atMost(parallelism);
            atMost(failed);
        }
    }

    private static void atMost(Field number) {
        if (number.number() > MOST_OF_MANY) {
            number.invalid(
                    ("must be less than or equal to %d when completions are above %d and used with"
                                    + " backoff limit per index")
                            .formatted(MOST_OF_MANY, MANY));
        }
    }
}
