package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.tidy.SourceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code deploy/SETTINGS.md} tells of each setting that a service reads, and of no other. */
final class SettingsTest {
    private static final String START =
            "(gantry\\.(?:kafka|pki|api|state|gateway|scheduler|controller|monitoring|node)\\.";

    /** A beginning ends in a dot or a dash: the rest of such a name is put to it elsewhere. */
    private static final Pattern READ = Pattern.compile('"' + START + "[a-z.-]+)");

    private static final Pattern TOLD = Pattern.compile('`' + START + "[a-z.-]*[a-z])");

    private static final List<String> MODULES =
            List.of(
                    "cluster/client",
                    "state-service",
                    "api-gateway",
                    "scheduler-service",
                    "controller-service",
                    "monitoring-service",
                    "node-agent");

    private static final Path CLONE = SourceFolder.currentModule().resolve("../..").normalize();
    private static final Path FILE = CLONE.resolve("deploy/SETTINGS.md");

    @Test
    void everySettingThatIsReadIsTold() throws IOException {
        String told = Files.readString(FILE);
        assertThat(read()).hasSizeGreaterThan(50).allMatch(told::contains);
    }

    @Test
    void everySettingThatIsToldIsRead() throws IOException {
        SortedSet<String> read = read();
        assertThat(names(TOLD, FILE))
                .allMatch(told -> read.stream().anyMatch(each -> isOf(told, each)));
    }

    private static boolean isOf(String setting, String read) {
        boolean isBeginning = read.endsWith(".") || read.endsWith("-");
        return isBeginning ? setting.startsWith(read) : setting.equals(read);
    }

    private static SortedSet<String> read() throws IOException {
        SortedSet<String> all = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(CLONE.resolve(module).resolve("src/main/java"))) {
                files.filter(Files::isRegularFile).forEach(file -> all.addAll(names(READ, file)));
            }
        }
        return all;
    }

    private static List<String> names(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
