package dev.gantry.testkit.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import java.nio.file.Path;
import java.util.List;

/** One file, as text and as syntax tree. */
public record JavaSource(
        Path path, String text, CompilationUnitTree unit, SourcePositions positions) {
    List<String> lines() {
        return text.lines().toList();
    }

    String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    /** The lines from the first modifier to the closing brace. */
    int lengthOf(Tree tree) {
        LineMap map = unit.getLineMap();
        long start = map.getLineNumber(positions.getStartPosition(unit, tree));
        return (int) (map.getLineNumber(positions.getEndPosition(unit, tree)) - start + 1);
    }

    String at(Tree tree) {
        return at(unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree)));
    }

    String at(long line) {
        return path.getFileName() + ":" + line + ": ";
    }
}
