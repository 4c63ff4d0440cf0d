package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.gantry.expression.CelFunctions.Typed;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Compat: apiserver's {@code library.Lists}. */
final class ListFunctions {
    static final CelFunctions ALL = new CelFunctions();
    private static final CelType ITEM = TypeParamType.create("T");
    private static final CelType LIST = ListType.create(ITEM);

    @SuppressWarnings("rawtypes")
    private static final Typed<List> ANY = new Typed<>(LIST, List.class);

    static {
        ALL.member("isSorted", "list_is_sorted", SimpleType.BOOL, ANY, ListFunctions::isSorted)
                .member("sum", "list_sum", ITEM, ANY, ListFunctions::sum)
                .member("min", "list_min", ITEM, ANY, list -> edge("min", list, order()))
                .member("max", "list_max", ITEM, ANY, list -> edge("max", list, order().reversed()))
                .member(
                        "indexOf",
                        newMemberOverload("list_index_of", SimpleType.INT, LIST, ITEM),
                        List.class,
                        Object.class,
                        (list, item) -> (long) list.indexOf(item))
                .member(
                        "lastIndexOf",
                        newMemberOverload("list_last_index_of", SimpleType.INT, LIST, ITEM),
                        List.class,
                        Object.class,
                        (list, item) -> (long) list.lastIndexOf(item));
    }

    private ListFunctions() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Comparator<Object> order() {
        return (one, other) -> {
            if (one instanceof Comparable first && one.getClass() == other.getClass()) {
                return first.compareTo(other);
            }
            throw new IllegalArgumentException("no such overload");
        };
    }

    private static Object isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (order().compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object edge(String name, List<?> list, Comparator<Object> order) {
        Object best = null;
        for (Object each : list) {
            best = best == null || order.compare(each, best) < 0 ? each : best;
        }
        if (best == null) {
            throw new IllegalArgumentException(name + " called on empty list");
        }
        return best;
    }

    private static Object sum(List<?> list) {
        if (list.isEmpty()) {
            return 0L;
        }
        Object total = list.getFirst();
        for (Object each : list.subList(1, list.size())) {
            total = plus(total, each);
        }
        return total;
    }

    private static Object plus(Object one, Object other) {
        return switch (one) {
            case Long number when other instanceof Long more -> Math.addExact(number, more);
            case Double number when other instanceof Double more -> number + more;
            case Duration time when other instanceof Duration more -> time.plus(more);
            default -> throw new IllegalArgumentException("no such overload");
        };
    }
}
