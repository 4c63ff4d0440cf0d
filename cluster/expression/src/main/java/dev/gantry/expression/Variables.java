package dev.gantry.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.Set;
import java.util.TreeSet;

/** Which names an expression reads. */
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
}
