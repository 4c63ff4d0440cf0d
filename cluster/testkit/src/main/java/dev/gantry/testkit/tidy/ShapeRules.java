package dev.gantry.testkit.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;

/** Lengths: of files, of functions, of parameter lists. */
public final class ShapeRules {
    private static final int MAX_FILE_LINES = 500;
    private static final int MAX_FUNCTION_LINES = 50;
    private static final int MAX_PARAMETERS = 5;

    private ShapeRules() {}

    public static List<String> untidy(JavaSource source) {
        List<String> found = new ArrayList<>();
        int lines = source.lines().size();
        if (lines > MAX_FILE_LINES) {
            found.add(source.at(1) + "the file has " + lines + " lines");
        }
        new FunctionScanner(source, found).scan(source.unit(), null);
        return found;
    }

    private static final class FunctionScanner extends TreePathScanner<Void, Void> {
        private final JavaSource source;
        private final List<String> found;

        FunctionScanner(JavaSource source, List<String> found) {
            this.source = source;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            int lines = source.lengthOf(method);
            if (lines > MAX_FUNCTION_LINES) {
                found.add(source.at(method) + method.getName() + " has " + lines + " lines");
            }
            int parameters = method.getParameters().size();
            if (parameters > MAX_PARAMETERS && !isDictated(method)) {
                found.add(
                        "%s%s has %d parameters"
                                .formatted(source.at(method), method.getName(), parameters));
            }
            return super.visitMethod(method, unused);
        }

        /** A row of a table (record or enum), or a signature that was declared elsewhere. */
        private boolean isDictated(MethodTree method) {
            boolean overrides =
                    method.getModifiers().getAnnotations().stream()
                            .anyMatch(
                                    each -> each.getAnnotationType().toString().equals("Override"));
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            boolean isRow =
                    method.getReturnType() == null
                            && parent instanceof ClassTree type
                            && (type.getKind() == Tree.Kind.RECORD
                                    || type.getKind() == Tree.Kind.ENUM);
            return overrides || isRow;
        }
    }
}
