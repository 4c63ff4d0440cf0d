package dev.gantry.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.tidy.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The {@code gantry} script in a checkout that has never been built. Its JDK, Maven and apt-get are
 * scripts that note that they were called.
 */
final class ScriptTest {
    private static final Path MODULE = SourceFolder.currentModule();

    @TempDir Path folder;
    private Path checkout;
    private Path calls;

    private record Run(int code, String output) {}

    @BeforeEach
    void setUp() throws IOException {
        checkout = folder.resolve("checkout");
        calls = folder.resolve("calls");
        Path texts = checkout.resolve("deploy/local/src/main/help");
        Files.createDirectories(texts);
        Files.createDirectories(checkout.resolve("bin"));
        for (String each : List.of("gantry", "bin/jdk.sh")) {
            Files.copy(MODULE.resolve("../..").resolve(each), checkout.resolve(each));
        }
        try (Stream<Path> files = Files.list(MODULE.resolve("src/main/help"))) {
            for (Path each : (Iterable<Path>) files::iterator) {
                Files.copy(each, texts.resolve(each.getFileName()));
            }
        }
        for (String each : List.of("jdk/bin/java", "jdk/bin/javac", "bin/mvn", "bin/apt-get")) {
            program(each, "exit 0");
        }
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help", "help up", "up --help", "demo -h", "bench --help", "bench api --help",
                "help bench start", "why --help", "help test", "--help", "--version",
                        "status --json -h"
            })
    void answersHelpWithoutAJdkOrABuild(String line) throws Exception {
        Run run = gantry(line.split(" "));
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output()).containsIgnoringCase("gantry");
        assertThat(calls).doesNotExist();
    }

    @Test
    void answersHelpOfACommandWithItsText() throws Exception {
        String text = Files.readString(MODULE.resolve("src/main/help/bench-api.txt"));
        assertThat(gantry("bench", "api", "--help").output()).isEqualTo(text);
        assertThat(gantry("help", "bench", "api").output()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demmo=demo", "stauts=status", "bench wacth=bench watch", "uo=up"})
    void saysWhichCommandWasPerhapsMeant(String typedAndMeant) throws Exception {
        String[] words = typedAndMeant.split("=");
        Run run = gantry(words[0].split(" "));
        assertThat(run.code()).isNotZero();
        assertThat(run.output()).contains("no command \"" + words[0] + "\"");
        assertThat(run.output()).contains("did you mean \"" + words[1] + "\"");
        assertThat(calls).doesNotExist();
    }

    @Test
    void doesNotGuessWhatLooksLikeNothing() throws Exception {
        Run run = gantry("frobnicate");
        assertThat(run.code()).isNotZero();
        assertThat(run.output()).doesNotContain("did you mean").contains("./gantry help");
    }

    @Test
    void tellsEachModuleAsItIsBuiltAndWhyABuildFails() throws Exception {
        program(
                "bin/mvn",
                """
                echo '[INFO] Building Gantry cluster model 0.1.0-SNAPSHOT       [1/2]'
                echo 'Downloaded from central: https://example.org/a.jar (1 kB at 1 kB/s)'
                echo '[INFO] Building Gantry local launcher 0.1.0-SNAPSHOT      [2/2]'
                echo '[ERROR] Thing.java:[1,1] cannot find symbol'
                exit 1
                """);
        Run run = gantry("up");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output())
                .containsPattern("\\d+ s  1/2 Gantry cluster model\n")
                .containsPattern("\\d+ s  2/2 Gantry local launcher\n")
                .contains("cannot find symbol", "the build failed", "build.log");
    }

    @Test
    void installsNothingWhereItMayNot() throws Exception {
        Run run = gantry("up", "--no-install");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(Files.readAllLines(calls))
                .noneMatch(call -> call.startsWith("apt-get"))
                .anyMatch(call -> call.matches("java .*PrerequisitesMain.java --no-install"))
                .anyMatch(call -> call.matches("java .* train .* --no-install"))
                .anyMatch(call -> call.matches("java .* up .*--no-install"))
                .noneMatch(call -> call.matches(".*--no-install.*--no-install.*"));
    }

    @Test
    void endsTheBuildWhereTheMachineCannotBePrepared() throws Exception {
        Path begun = folder.resolve("begun");
        program(
                "bin/mvn",
                "trap 'kill $!; echo mvn ended >> %s; exit 1' TERM; sleep 600 & touch %s; wait"
                        .formatted(calls, begun));
        program(
                "jdk/bin/java",
                "until [ -e %s ]; do sleep 0.05; done; echo not to be had; exit 1"
                        .formatted(begun));
        Run run = gantry("up");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("not to be had");
        assertThat(Files.readAllLines(calls))
                .contains("mvn ended")
                .noneMatch(call -> call.contains("LocalMain"));
    }

    @Test
    void preparesTheMachineForTestsByTheSameProgram() throws Exception {
        Run run = gantry("test", "-pl", "node-agent");
        assertThat(run.code()).as(run.output()).isZero();
        List<String> made = Files.readAllLines(calls);
        assertThat(made).hasSize(2);
        assertThat(made.get(0)).startsWith("java ").endsWith("PrerequisitesMain.java --tests");
        assertThat(made.get(1)).isEqualTo("mvn -B -T2 verify -pl node-agent");
    }

    private Run gantry(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", checkout.resolve("gantry").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }

    private void program(String path, String script) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        String note = "echo \"%s $*\" >> %s".formatted(file.getFileName(), calls);
        Files.writeString(file, "#!/bin/sh\n" + note + "\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
