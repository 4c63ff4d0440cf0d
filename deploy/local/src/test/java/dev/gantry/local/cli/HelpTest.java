package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.bench.BenchMain;
import dev.gantry.cli.shell.CliMain;
import dev.gantry.testkit.tidy.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The texts from which the script answers {@code help} say what the commands themselves say. With
 * {@code -Dgantry.help.write=true} they are written anew.
 */
final class HelpTest {
    private static final Path TEXTS = SourceFolder.currentModule().resolve("src/main/help");

    /** Of the script's own commands, for which there is no picocli command. */
    private static final Stream<String> BY_HAND = Stream.of("build", "gantry", "test");

    @ParameterizedTest
    @MethodSource("usages")
    void sayWhatTheCommandSays(String name, String usage) throws IOException {
        Path text = TEXTS.resolve(name + ".txt");
        if (Boolean.getBoolean("gantry.help.write")) {
            Files.writeString(text, usage);
        }
        assertThat(text).hasContent(usage);
    }

    @Test
    void areThereForEachCommandAndForNothingElse() throws IOException {
        try (Stream<Path> files = Files.list(TEXTS)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(BY_HAND, all().keySet().stream()).toList());
        }
    }

    static Stream<Arguments> usages() {
        return all().entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    private static SortedMap<String, String> all() {
        var all = new TreeMap<String, String>();
        addCommandsOf(new CommandLine(new LocalMain()), "", all);
        addCommandsOf(new CommandLine(new CliMain()), "", all);
        var bench = new CommandLine(new BenchMain());
        all.put("bench", bench.getUsageMessage(Ansi.OFF));
        addCommandsOf(bench, "bench-", all);
        return all;
    }

    private static void addCommandsOf(
            CommandLine parent, String prefix, SortedMap<String, String> all) {
        parent.getSubcommands()
                .forEach(
                        (name, command) -> {
                            if (!command.getCommandSpec().usageMessage().hidden()) {
                                all.put(prefix + name, command.getUsageMessage(Ansi.OFF));
                            }
                        });
    }
}
