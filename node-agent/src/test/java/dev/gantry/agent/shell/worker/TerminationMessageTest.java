package dev.gantry.agent.shell.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminationMessageTest {
    private static final String HEAD = "2026-11-24T10:00:00.123456789Z stdout ";

    @TempDir Path folder;

    @Test
    void addsNoLineFeedThatTheProgramDidNotWrite() throws IOException {
        assertThat(TerminationMessage.fromLog(log(HEAD + "P DONE\n"))).isEqualTo("DONE");
        assertThat(TerminationMessage.fromLog(log(HEAD + "F DONE\n"))).isEqualTo("DONE\n");
    }

    @Test
    void joinsTheEntriesOfALongLine() throws IOException {
        assertThat(
                        TerminationMessage.fromLog(
                                log(HEAD + "P one, \n" + HEAD + "F two\n" + HEAD + "F \n")))
                .isEqualTo("one, two\n\n");
    }

    @Test
    void keepsTheLast80LinesAnd2048Bytes() throws IOException {
        String many = lines(100, "line");
        assertThat(TerminationMessage.fromLog(log(many)).lines())
                .hasSize(80)
                .last()
                .isEqualTo("line 99");
        assertThat(TerminationMessage.fromLog(log(lines(80, "x".repeat(100))))).hasSize(2048);
    }

    private static String lines(int count, String words) {
        return IntStream.range(0, count)
                .mapToObj(each -> HEAD + "F " + words + " " + each + "\n")
                .collect(Collectors.joining());
    }

    private Path log(String content) throws IOException {
        return Files.writeString(folder.resolve("0.log"), content);
    }
}
