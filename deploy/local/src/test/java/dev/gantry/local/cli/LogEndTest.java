package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogEndTest {
    @TempDir private Path folder;

    @Test
    void theReasonIsThatOfTheLastTry() throws Exception {
        LogEnd log =
                log(
                        List.of(
                                "state cannot start: gantry.a is wrong",
                                "scheduler cannot start: gantry.b is wrong",
                                "something else"));

        assertThat(log.reason()).isEqualTo("scheduler cannot start: gantry.b is wrong");
    }

    @Test
    void theNewestLineIsNoStackTrace() throws Exception {
        LogEnd log = log(List.of("WARN the database is away", "\tat a.B.c(B.java:1)", ""));

        assertThat(log.line()).isEqualTo("WARN the database is away");
    }

    @Test
    void onlyTheEndIsShown() throws Exception {
        LogEnd log = log(IntStream.range(0, 100).mapToObj(each -> "line " + each).toList());

        assertThat(log.text()).startsWith("line 75\n").endsWith("line 99");
    }

    @Test
    void aLogThatIsNotThereSaysNothing() throws Exception {
        LogEnd log = LogEnd.of(folder.resolve("none").toString());

        assertThat(log.reason()).isEmpty();
        assertThat(log.text()).contains("none");
    }

    @Test
    void aLogThatNobodyHasWrittenSinceIsOfAnEarlierStart() throws Exception {
        LogEnd log = log(List.of("a"));
        Instant written = Files.getLastModifiedTime(log.file()).toInstant();

        assertThat(log.isSince(written.minusSeconds(1))).isTrue();
        assertThat(log.isSince(written.plusSeconds(1))).isFalse();
    }

    private LogEnd log(List<String> lines) throws Exception {
        Path file = folder.resolve("a.log");
        Files.write(file, lines);
        return LogEnd.of(file.toString());
    }
}
