package dev.gantry.testkit.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesTest {
    @TempDir Path module;

    @Test
    void findsLongFunctions() throws IOException {
        String body = "int x = 0;\n".repeat(49);
        assertThat(judge("class A { void f() {\n" + body + "} }", ShapeRules::untidy))
                .containsExactly("A.java:1: f has 51 lines");
    }

    @Test
    void countsParametersButNotTheComponentsOfRecords() throws IOException {
        String source =
                """
                record A(int a, int b, int c, int d, int e, int f) {
                    A { }
                    void g(int a, int b, int c, int d, int e, int f) {}
                }
                """;
        assertThat(judge(source, ShapeRules::untidy))
                .containsExactly("A.java:3: g has 6 parameters");
    }

    @Test
    void findsNamesThatSayNothing() throws IOException {
        String source =
                "package p.util; class A { class XManager {} class Metadata {} class PodService {} }";
        assertThat(judge(source, NameRules::untidy))
                .containsExactly(
                        "A.java:1: no package is named util",
                        "A.java:1: the name XManager says nothing",
                        "A.java:1: the name PodService says nothing");
    }

    @Test
    void letsKubernetesOwnTermsThrough() throws IOException {
        String source =
                "package dev.gantry.controller.pod;"
                        + " class A { class FieldManager {} class PodController {} }";
        assertThat(judge(source, NameRules::untidy)).isEmpty();
    }

    @Test
    void findsControllersWhereThereAreNone() throws IOException {
        String source = "package dev.gantry.state; class A { class PodController {} }";
        assertThat(judge(source, NameRules::untidy))
                .containsExactly("A.java:1: the name PodController says nothing");
    }

    @Test
    void findsSleepsInjectionAndUnfinishedText() throws IOException {
        String source =
                """
                class A {
                    // TODO later
                    // TODO(#12) is fine
                    @Autowired String a;
                    // int x = f(1);
                    void f() throws Exception { Thread.sleep(1); }
                }
                """;
        assertThat(judge(source, FileRules::untidy))
                .containsExactly(
                        "A.java:2: unfinished work without the number of an issue",
                        "A.java:5: commented-out code",
                        "A.java:4: a field is injected: use the constructor",
                        "A.java:6: waits by sleeping");
    }

    @Test
    void wantsEachPackageDescribed() throws IOException {
        write("package p; class A {}");
        assertThat(SourceFolder.of(module).packagesWithoutDescription())
                .containsExactly("p has no package-info.java");
    }

    private List<String> judge(String text, Function<JavaSource, List<String>> rule)
            throws IOException {
        write(text);
        return SourceFolder.of(module).judge(rule);
    }

    private void write(String text) throws IOException {
        Path folder = Files.createDirectories(module.resolve("src/main/java"));
        Files.writeString(folder.resolve("A.java"), text);
    }
}
