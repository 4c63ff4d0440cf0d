package dev.gantry.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which names an expression reads, and which of their fields. */
final class Variables {
    private Variables() {}

    static Set<String> of(CelAbstractSyntaxTree tree) {
        Set<String> found = new TreeSet<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(each -> each.getKind() == Kind.IDENT)
                .forEach(each -> found.add(each.expr().ident().name()));
        return found;
    }

    /**
     * Fields that are read of variables by name, as {@code claims.email}.
     *
     * <p>Compat: apiserver's {@code hasSelectExp}: {@code claims['email']} is none.
     */
    static Set<String> fieldsOf(CelAbstractSyntaxTree tree) {
        Set<String> found = new TreeSet<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .forEach(each -> selected(each.expr()).ifPresent(found::add));
        return found;
    }

    private static Optional<String> selected(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT ->
                    nameOf(expression.select().operand())
                            .map(name -> name + "." + expression.select().field());
            case CALL -> optionallySelected(expression.call());
            default -> Optional.empty();
        };
    }

    /** {@code claims.?email} */
    private static Optional<String> optionallySelected(CelCall call) {
        List<CelExpr> arguments = call.args();
        if (!call.function().equals("_?._") || arguments.size() != 2) {
            return Optional.empty();
        }
        CelExpr field = arguments.get(1);
        return field.getKind() == Kind.CONSTANT
                ? nameOf(arguments.get(0)).map(name -> name + "." + field.constant().stringValue())
                : Optional.empty();
    }

    private static Optional<String> nameOf(CelExpr expression) {
        return expression.getKind() == Kind.IDENT
                ? Optional.of(expression.ident().name())
                : Optional.empty();
    }
}
