package dev.gantry.expression;

import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.gantry.expression.WorstCase.Part;
import java.util.List;

/**
 * What a call costs at most: what it looks through, and its arguments.
 *
 * <p>Compat: cel-go's {@code functionCost}, and of apiserver's {@code library.CostEstimator}.
 *
 * @param parts what it is called on, if it is, and the arguments
 * @param overloads all that may be meant
 * @param typed how large the result is by its type
 */
record CallCost(CelCall call, List<Part> parts, List<String> overloads, Extent typed) {
    private static final double READING = 0.1;
    private static final double PATTERN = 0.25;

    Part part() {
        return switch (call.function()) {
            case "_&&_", "_||_" -> costing(0, typed);
            case "_?_:_" -> choice();
            case "_==_", "_!=_" -> costing(comparing(), typed);
            case "_<_", "_<=_", "_>_", "_>=_" ->
                    costing(isMeant("string", "bytes") ? Math.max(1, comparing()) : 1, typed);
            case "@in" -> costing(isMeant("list") ? Math.max(1, size(1)) : 1, typed);
            case "_+_" -> sum();
            case "_[_]" -> costing(1, parts.getFirst().extent().value());
            case "dyn" -> costing(1, parts.getFirst().extent());
            case "matches" ->
                    costing(
                            Bounded.times(
                                    Bounded.part(Bounded.plus(size(0), 1), READING),
                                    Bounded.part(size(1), PATTERN)),
                            typed);
            case "contains" -> costing(Bounded.times(reading(0, 1), reading(1, 1)), typed);
            case "startsWith", "endsWith" -> costing(reading(1, 1), typed);
            case "indexOf", "lastIndexOf" -> costing(reading(0, 1), typed);
            case "lowerAscii", "upperAscii", "substring", "trim" ->
                    costing(reading(0, 1), parts.getFirst().extent());
            case "replace" -> costing(reading(0, 2), Extent.of(replaced()));
            case "split" -> costing(reading(0, 2), Extent.of(pieces()));
            case "join" -> costing(Long.MAX_VALUE, Extent.UNKNOWN);
            default -> costing(1, typed);
        };
    }

    private Part costing(long own, Extent extent) {
        long cost = own;
        for (Part each : parts) {
            cost = Bounded.plus(cost, each.cost());
        }
        return new Part(cost, extent);
    }

    /** Only one of the branches is asked. */
    private Part choice() {
        Part yes = parts.get(1);
        Part no = parts.get(2);
        long cost = Bounded.plus(parts.getFirst().cost(), Math.max(yes.cost(), no.cost()));
        return new Part(cost, yes.extent().or(no.extent()));
    }

    private long comparing() {
        return Bounded.part(Math.min(size(0), size(1)), READING);
    }

    private Part sum() {
        if (!isMeant("string", "bytes", "list")) {
            return costing(1, typed);
        }
        long size = Bounded.plus(size(0), size(1));
        Extent both = parts.get(0).extent().or(parts.get(1).extent()).sized(size);
        boolean isRead = isMeant("string", "bytes");
        return costing(isRead ? Math.max(1, Bounded.part(size, READING)) : 1, both);
    }

    private long reading(int which, int times) {
        return Bounded.part(size(which), READING * times);
    }

    private long size(int which) {
        return parts.get(which).size();
    }

    /** As many as possible of the smallest that may be meant become as long as possible. */
    private long replaced() {
        boolean isKnown = call.args().getFirst().getKind() == Kind.CONSTANT;
        long shortest = isKnown ? size(1) : 0;
        long text = size(0);
        if (shortest == 0) {
            return Bounded.plus(Bounded.times(Bounded.plus(text, 1), size(2)), text);
        }
        return size(2) <= shortest
                ? text
                : Bounded.times(Bounded.part(text, 1.0 / shortest), size(2));
    }

    private long pieces() {
        boolean isLimited = call.args().size() > 1 && call.args().get(1).getKind() == Kind.CONSTANT;
        return isLimited ? Math.max(0, call.args().get(1).constant().int64Value()) : size(0);
    }

    private boolean isMeant(String... types) {
        return overloads.stream()
                .anyMatch(
                        each -> {
                            for (String type : types) {
                                if (each.endsWith("_" + type)) {
                                    return true;
                                }
                            }
                            return false;
                        });
    }
}
