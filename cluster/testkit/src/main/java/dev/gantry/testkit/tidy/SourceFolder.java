package dev.gantry.testkit.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The main sources of one module, written by hand: {@code src/main/java}. */
public final class SourceFolder {
    private static final int MAX_DESCRIPTION_LINES = 25;
    private static final Map<Path, SourceFolder> PARSED = new ConcurrentHashMap<>();

    private final Path root;
    private final List<JavaSource> sources;

    private SourceFolder(Path root, List<JavaSource> sources) {
        this.root = root;
        this.sources = sources;
    }

    /** The module whose tests are running. */
    public static Path currentModule() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    /** Parses once per module and JVM. */
    public static SourceFolder of(Path module) {
        return PARSED.computeIfAbsent(module.resolve("src/main/java"), SourceFolder::parse);
    }

    /** The fully qualified names of the top-level types, one per file. */
    public Set<String> typeNames() {
        Set<String> names = new TreeSet<>();
        for (JavaSource source : sources) {
            String path = root.relativize(source.path()).toString();
            names.add(path.substring(0, path.length() - ".java".length()).replace('/', '.'));
        }
        return names;
    }

    public List<String> judge(Function<JavaSource, List<String>> rule) {
        return sources.stream().flatMap(source -> rule.apply(source).stream()).toList();
    }

    /** Packages whose package-info is missing, longer than 25 lines, bare or not null-marked. */
    public List<String> packagesWithoutDescription() {
        Map<String, JavaSource> described = new TreeMap<>();
        Set<String> packages = new TreeSet<>();
        for (JavaSource source : sources) {
            packages.add(source.packageName());
            if (source.path().endsWith("package-info.java")) {
                described.put(source.packageName(), source);
            }
        }
        List<String> untidy = new ArrayList<>();
        for (String each : packages) {
            JavaSource description = described.get(each);
            if (description == null) {
                untidy.add(each + " has no package-info.java");
            } else if (description.lines().size() > MAX_DESCRIPTION_LINES) {
                untidy.add(each + ": package-info.java is longer than 25 lines");
            } else if (!description.text().contains("@NullMarked")
                    || !description.text().contains("/**")) {
                untidy.add(each + ": package-info.java lacks its words or @NullMarked");
            }
        }
        return untidy;
    }

    private static SourceFolder parse(Path root) {
        if (!Files.isDirectory(root)) {
            return new SourceFolder(root, List.of());
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(root)) {
            List<Path> paths =
                    found.filter(each -> each.toString().endsWith(".java")).sorted().toList();
            if (paths.isEmpty()) {
                return new SourceFolder(root, List.of());
            }
            var units = files.getJavaFileObjectsFromPaths(paths);
            var task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
            var positions = Trees.instance(task).getSourcePositions();
            List<JavaSource> sources = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Path path = Path.of(unit.getSourceFile().toUri());
                sources.add(new JavaSource(path, Files.readString(path), unit, positions));
            }
            return new SourceFolder(root, sources);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
