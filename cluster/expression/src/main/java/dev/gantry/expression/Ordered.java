package dev.gantry.expression;

import dev.cel.common.types.SimpleType;
import dev.gantry.expression.CelFunctions.Typed;

/** How values with an order of their own are compared. */
final class Ordered {
    private Ordered() {}

    static <T extends Comparable<T>> void add(
            CelFunctions functions, Typed<T> type, String prefix) {
        functions
                .both(
                        "compareTo",
                        prefix + "_compare_to",
                        SimpleType.INT,
                        type,
                        (one, other) -> (long) one.compareTo(other))
                .both(
                        "isGreaterThan",
                        prefix + "_is_greater_than",
                        SimpleType.BOOL,
                        type,
                        (one, other) -> one.compareTo(other) > 0)
                .both(
                        "isLessThan",
                        prefix + "_is_less_than",
                        SimpleType.BOOL,
                        type,
                        (one, other) -> one.compareTo(other) < 0);
    }
}
