package dev.gantry.local.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.Command;
import dev.gantry.testkit.tidy.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of JVMs, which stand in files. */
final class JavaTest {
    private static final Path MODULE = SourceFolder.currentModule();
    private static final Pattern FILE = Pattern.compile("@\\S*/jvm/([a-z-]+\\.options)");

    @TempDir Path folder;

    @Test
    void aJvmTakesAllOfThem() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String each : filesOfALocalAgent()) {
            command.add("@" + MODULE.resolve("src/main/jvm").resolve(each));
        }
        command.add("-version");
        Command.Result result = Command.attempt(command, "");
        assertThat(result.isGood()).as(result.output()).isTrue();
        assertThat(result.output()).doesNotContainIgnoringCase("warning");
    }

    @Test
    void theAgentOfAMachineThatJoinedHasThoseOfALocalOne() throws IOException {
        String script = Files.readString(MODULE.resolve("../../bin/gantry-agent"));
        assertThat(files(script))
                .hasSizeGreaterThan(1)
                .containsExactlyInAnyOrderElementsOf(filesOfALocalAgent());
    }

    /** Probes ask servers of pods, which may know another one only. */
    @Test
    void anAgentIsNotBoundToOneKeyExchange() throws IOException {
        assertThat(localAgent()).noneMatch(option -> option.contains("namedGroups"));
        for (String each : filesOfALocalAgent()) {
            assertThat(MODULE.resolve("src/main/jvm").resolve(each))
                    .content()
                    .doesNotContain("namedGroups");
        }
    }

    private List<String> filesOfALocalAgent() throws IOException {
        return files(String.join(" ", localAgent()));
    }

    private List<String> localAgent() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        var instance = new Instance(folder, folder, 0, 1);
        return new Agent(instance.node(1)).process(new ApiProbe(instance)).command();
    }

    private static List<String> files(String text) {
        return FILE.matcher(text).results().map((MatchResult each) -> each.group(1)).toList();
    }
}
