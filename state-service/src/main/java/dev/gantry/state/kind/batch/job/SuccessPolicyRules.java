package dev.gantry.state.kind.batch.job;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import java.util.StringJoiner;

/** When a Job has succeeded before all of it has. Compat: {@code validateSuccessPolicy}. */
final class SuccessPolicyRules {
    private static final int MOST_RULES = 20;
    private static final int MOST_BYTES = 64 * 1024;

    private SuccessPolicyRules() {}

    static void check(Field spec) {
        Field policy = spec.child("successPolicy");
        if (!policy.isSet()) {
            return;
        }
        if (!JobRules.isIndexed(spec)) {
            policy.invalidAs(shown(policy), "requires indexed completion mode");
            return;
        }
        Field rules = policy.child("rules");
        if (rules.isEmpty()) {
            rules.required(
                    "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.items().size() > MOST_RULES) {
            rules.tooMany(rules.items().size(), MOST_RULES);
        }
        for (Field rule : rules.items()) {
            rule(rule, spec.child("completions").number());
        }
    }

    private static void rule(Field rule, long completions) {
        Field count = rule.child("succeededCount");
        Field indexes = rule.child("succeededIndexes");
        if (!count.isSet() && !indexes.isSet()) {
            rule.required("at least one of succeededCount or succeededIndexes must be specified");
        }
        long total = 0;
        if (indexes.isSet()) {
            if (indexes.text().length() > MOST_BYTES) {
                indexes.tooLong(MOST_BYTES);
            }
            IndexText read = IndexText.read(indexes.text(), completions);
            total = read.total();
            read.wrong()
                    .ifPresent(why -> indexes.invalid("error parsing succeededIndexes: " + why));
        }
        if (!count.isSet()) {
            return;
        }
        count.nonNegative();
        if (count.number() > completions) {
            count.invalid(
                    "must be less than or equal to %d (the number of specified completions)"
                            .formatted(completions));
        }
        if (indexes.isSet() && count.number() > total) {
            count.invalid(
                    ("must be less than or equal to %d (the number of indexes in the specified"
                                    + " succeededIndexes field)")
                            .formatted(total));
        }
    }

    private static String shown(Field policy) {
        if (!policy.has("rules")) {
            return "{\"Rules\":null}";
        }
        StringJoiner rules = new StringJoiner(",", "[", "]");
        for (Field rule : policy.child("rules").items()) {
            rules.add(
                    new GoStruct(rule.value())
                            .value("SucceededIndexes", "succeededIndexes")
                            .value("SucceededCount", "succeededCount")
                            .toString());
        }
        return "{\"Rules\":" + rules + "}";
    }
}
