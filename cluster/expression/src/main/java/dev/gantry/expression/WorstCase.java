package dev.gantry.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the asking of an expression may cost at most, whatever the values; nothing is asked.
 *
 * <p>Compat: cel-go's {@code checker.Cost}. Only the upper bound is reckoned: it alone is compared
 * with the limit.
 *
 * <p>Example: {@code device.attributes.exists_one(x, x == "a.com")} costs 2 for the map, 32 rounds
 * of 4 (1 for {@code x}, 1 for the comparison, 2 for counting), and 2 for the result.
 */
final class WorstCase {
    private static final long LIST = 10;
    private static final long MAP = 30;
    private static final long STRUCT = 40;

    private final CelAbstractSyntaxTree tree;
    private final Map<String, Extent> variables = new HashMap<>();

    /** A part of the expression: the cost of asking for it, and how large it is at most. */
    record Part(long cost, Extent extent) {
        long size() {
            return extent.size();
        }
    }

    private WorstCase(CelAbstractSyntaxTree tree, Map<String, Extent> variables) {
        this.tree = tree;
        this.variables.putAll(variables);
    }

    /**
     * @param variables how large each is
     */
    static long of(CelAbstractSyntaxTree tree, Map<String, Extent> variables) {
        return new WorstCase(tree, variables).part(tree.getExpr()).cost();
    }

    private Part part(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT -> new Part(0, constant(part.constant()));
            case IDENT -> new Part(1, variables.getOrDefault(part.ident().name(), typed(part)));
            case SELECT -> select(part.select());
            case CALL -> call(part, part.call());
            case LIST -> list(part.list().elements());
            case MAP -> map(part.map().entries());
            case STRUCT -> new Part(STRUCT, Extent.UNKNOWN);
            case COMPREHENSION -> loop(part.comprehension());
            case NOT_SET -> new Part(0, Extent.UNKNOWN);
        };
    }

    private static Extent constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE ->
                    Extent.of(
                            constant.stringValue()
                                    .codePointCount(0, constant.stringValue().length()));
            case BYTES_VALUE -> Extent.of(constant.bytesValue().size());
            default -> Extent.ONE;
        };
    }

    /** Compat: only what has one size by its type is known by it. */
    private Extent typed(CelExpr part) {
        return switch (kind(part)) {
            case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> Extent.ONE;
            default -> Extent.UNKNOWN;
        };
    }

    private CelKind kind(CelExpr part) {
        return tree.getType(part.id()).map(CelType::kind).orElse(CelKind.DYN);
    }

    private Part select(CelSelect select) {
        Part operand = part(select.operand());
        boolean isLookedUp =
                switch (kind(select.operand())) {
                    case MAP, STRUCT, TYPE_PARAM -> true;
                    default -> select.testOnly();
                };
        Extent extent = select.testOnly() ? Extent.ONE : operand.extent().field(select.field());
        return new Part(Bounded.plus(operand.cost(), isLookedUp ? 1 : 0), extent);
    }

    private Part call(CelExpr part, CelCall call) {
        List<Part> parts = new ArrayList<>();
        call.target().map(this::part).ifPresent(parts::add);
        call.args().forEach(each -> parts.add(part(each)));
        List<String> overloads =
                tree.getReference(part.id()).map(CelReference::overloadIds).stream()
                        .<String>flatMap(List::stream)
                        .toList();
        return new CallCost(call, parts, overloads, typed(part)).part();
    }

    private Part list(List<CelExpr> elements) {
        long cost = LIST;
        Optional<Extent> entries = Optional.empty();
        for (CelExpr each : elements) {
            Part element = part(each);
            cost = Bounded.plus(cost, element.cost());
            entries = Optional.of(entries.map(element.extent()::or).orElse(element.extent()));
        }
        return new Part(cost, Extent.of(elements.size()).with(entries.orElse(Extent.of(0))));
    }

    private Part map(List<CelMap.Entry> entries) {
        List<CelExpr> keys = entries.stream().map(CelMap.Entry::key).toList();
        List<CelExpr> values = entries.stream().map(CelMap.Entry::value).toList();
        Part all = list(keys);
        Part content = list(values);
        long cost = Bounded.plus(MAP - 2 * LIST, Bounded.plus(all.cost(), content.cost()));
        return new Part(
                cost,
                Extent.of(entries.size()).with(all.extent().value(), content.extent().value()));
    }

    /** Variables of a loop hide those of the same name around it. */
    private Part loop(CelComprehension loop) {
        Map<String, Extent> around = Map.copyOf(variables);
        Part range = part(loop.iterRange());
        Part start = part(loop.accuInit());
        variables.put(loop.accuVar(), start.extent());
        if (!isBinding(loop)) {
            Extent entry =
                    loop.iterVar2().isEmpty()
                            ? range.extent().entry()
                            : range.extent().keys().orElse(Extent.ONE);
            variables.put(loop.iterVar(), entry);
            variables.put(loop.iterVar2(), range.extent().value());
        }
        Part step = part(loop.loopStep());
        long round = Bounded.plus(part(loop.loopCondition()).cost(), step.cost());
        Part result = part(loop.result());
        variables.clear();
        variables.putAll(around);
        long once = Bounded.plus(Bounded.plus(range.cost(), start.cost()), result.cost());
        if (isBinding(loop)) {
            return new Part(once, result.extent());
        }
        Extent extent =
                loop.accuInit().getKind() == Kind.CONSTANT
                        ? start.extent()
                        : step.extent().sized(range.size());
        return new Part(Bounded.plus(once, Bounded.times(range.size(), round)), extent);
    }

    /** As {@code cel.bind} is written out: a loop without rounds. */
    private static boolean isBinding(CelComprehension loop) {
        return loop.iterRange().getKind() == Kind.LIST
                && loop.iterRange().list().elements().isEmpty()
                && loop.loopCondition().getKind() == Kind.CONSTANT
                && !loop.accuVar().equals("@result");
    }
}
