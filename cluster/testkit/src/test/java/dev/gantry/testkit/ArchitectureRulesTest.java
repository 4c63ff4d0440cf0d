package dev.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules, each on a module made to break it. */
final class ArchitectureRulesTest {
    @TempDir Path folder;

    private record Example(Path module) implements ArchitectureRules {}

    @Test
    void forbidsTheWorldOutsideTheShell() throws IOException {
        ArchitectureRules rules =
                module(
                        "dev.gantry.state.a.Core",
                        "public class Core { java.net.URI where; }",
                        "dev.gantry.state.shell.Door",
                        "public class Door { java.net.URI where; }");
        refuses(rules::nothingOutsideTheShellDependsOnTheWorld, "Core.where");
        assertThatCode(rules::theCoreDoesNotKnowTheShell).doesNotThrowAnyException();
    }

    @Test
    void forbidsClocksAndChanceOutsideTheShell() throws IOException {
        ArchitectureRules rules =
                module(
                        "dev.gantry.state.a.Core",
                        "public class Core { Object now() { return java.time.Instant.now(); }"
                                + " Object fixed() { return new java.util.Random(7); }"
                                + " Object any() { return new java.util.Random(); } }",
                        "dev.gantry.state.shell.Door",
                        "public class Door { Object id() { return java.util.UUID.randomUUID(); } }");
        refuses(rules::nothingOutsideTheShellReadsClocksOrChance, "Core.now()");
        refuses(rules::nothingOutsideTheShellReadsClocksOrChance, "Core.any()");
        assertThatThrownBy(rules::nothingOutsideTheShellReadsClocksOrChance)
                .hasMessageNotContaining("Core.fixed()")
                .hasMessageNotContaining("Door");
    }

    @Test
    void forbidsTheCoreToKnowTheShell() throws IOException {
        ArchitectureRules rules =
                module(
                        "dev.gantry.state.a.Core",
                        "public class Core { dev.gantry.state.shell.Door door; }",
                        "dev.gantry.state.shell.Door",
                        "public class Door { }");
        refuses(rules::theCoreDoesNotKnowTheShell, "Core.door");
    }

    @Test
    void forbidsCyclesOfPackagesAndAdapters() throws IOException {
        refuses(
                module(
                                "dev.gantry.state.a.One",
                                "public class One { dev.gantry.state.b.Two two; }",
                                "dev.gantry.state.b.Two",
                                "public class Two { dev.gantry.state.a.One one; }")
                        ::packagesOfTheCoreHaveNoCycles,
                "Cycle detected");
        refuses(
                module(
                                "dev.gantry.state.shell.x.One",
                                "public class One { dev.gantry.state.shell.y.Two two; }",
                                "dev.gantry.state.shell.y.Two",
                                "public class Two { dev.gantry.state.shell.x.One one; }")
                        ::adaptersHaveNoCycles,
                "Cycle detected");
    }

    @Test
    void forbidsServicesToImportEachOther() throws IOException {
        ArchitectureRules rules =
                module(
                        "dev.gantry.state.shell.Door",
                        "public class Door { dev.gantry.agent.Pod pod; }",
                        "dev.gantry.agent.Pod",
                        "public class Pod { }");
        refuses(rules::servicesDoNotImportEachOther, "Door.pod");
    }

    @Test
    void leavesGeneratedSourcesAlone() throws IOException {
        ArchitectureRules rules =
                module(
                        "dev.gantry.state.a.Core",
                        "public class Core { java.net.URI where; }",
                        "dev.gantry.state.a.Other",
                        "public class Other { }");
        Path root = rules.module();
        Files.delete(root.resolve("src/main/java/dev/gantry/state/a/Core.java"));
        ArchitectureRules again = copyOf(root);
        assertThatCode(again::nothingOutsideTheShellDependsOnTheWorld).doesNotThrowAnyException();
    }

    private static void refuses(ThrowingCallable rule, String place) {
        assertThatThrownBy(rule).isInstanceOf(AssertionError.class).hasMessageContaining(place);
    }

    /** A folder of another name, since sources are read once per folder. */
    private ArchitectureRules copyOf(Path root) throws IOException {
        Path moved = Files.move(root, folder.resolve("moved"));
        return new Example(moved);
    }

    private ArchitectureRules module(String one, String source, String other, String otherSource)
            throws IOException {
        Path root = Files.createTempDirectory(folder, "module");
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-d", root.resolve("target/classes").toString()));
        arguments.add(write(root, one, source));
        arguments.add(write(root, other, otherSource));
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError("the example does not compile");
        }
        return new Example(root);
    }

    private static String write(Path root, String name, String source) throws IOException {
        Path file = root.resolve("src/main/java/" + name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        String inPackage = name.substring(0, name.lastIndexOf('.'));
        Files.writeString(file, "package " + inPackage + "; " + source);
        return file.toString();
    }
}
