package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What the rules of a schema may cost, each and together.
 *
 * <p>Compat: {@code StaticEstimatedCostLimit} and {@code StaticEstimatedCRDCostLimit}.
 */
final class RuleCosts {
    private static final long ONE = 10_000_000;
    private static final long ALL = 100_000_000;
    private static final int TOLD = 4;
    private static final String ADVICE =
            " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where"
                    + " arrays, maps, and strings are declared)";

    private final List<Costly> costly = new ArrayList<>();
    private long total;

    private record Costly(Field field, long cost) {}

    static long times(long one, long other) {
        return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
    }

    /**
     * @param times how often it is asked for one object
     */
    void add(Field field, long cost, long times, String what) {
        long whole = times(cost, times);
        total = total > Long.MAX_VALUE - whole ? Long.MAX_VALUE : total + whole;
        costly.add(new Costly(field, whole));
        if (whole > ONE) {
            field.forbidden(
                    "estimated "
                            + what
                            + " cost exceeds budget by factor of "
                            + excess(whole, ONE)
                            + ADVICE);
        }
    }

    void report(Field root) {
        if (total <= ALL) {
            return;
        }
        costly.stream()
                .sorted(Comparator.comparingLong(Costly::cost).reversed())
                .filter(each -> each.cost > ONE)
                .limit(TOLD)
                .forEach(
                        each ->
                                each.field.forbidden(
                                        "contributed to estimated rule cost total exceeding cost"
                                                + " limit for entire OpenAPIv3 schema"));
        root.forbidden(
                "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema"
                        + " exceeds budget by factor of "
                        + excess(total, ALL)
                        + ADVICE);
    }

    private static String excess(long cost, long limit) {
        double factor = (double) cost / limit;
        return factor > 100 ? "more than 100x" : String.format(Locale.ROOT, "%.1fx", factor);
    }
}
