package dev.gantry.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
    @TempDir Path folder;

    @Test
    void goesOnEmptyOnceItIsFullAndTheLastTwoAreKept() throws IOException {
        Path path = folder.resolve("kafka.log");
        var log = new LogFile(path, 10);
        log.emptyIfFull();
        Files.writeString(path, "not yet");
        log.emptyIfFull();
        assertThat(folder)
                .isDirectoryContaining(path::equals)
                .isDirectoryNotContaining("glob:**.1");
        for (String text : new String[] {"the first of three", "the second one", "the third one"}) {
            Files.writeString(path, text);
            log.emptyIfFull();
            assertThat(path).isEmptyFile();
        }
        assertThat(folder.resolve("kafka.log.1")).hasContent("the third one");
        assertThat(folder.resolve("kafka.log.2")).hasContent("the second one");
        assertThat(folder).isDirectoryNotContaining("glob:**.3");
    }

    @Test
    void aProcessThatAppendsGoesOnAtTheBeginning() throws IOException, InterruptedException {
        Path path = folder.resolve("log");
        Process process =
                new ProcessBuilder("sh", "-c", "echo before; read line; echo $line")
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(path.toFile()))
                        .start();
        Patience.await().until(() -> Files.exists(path) && Files.size(path) > 0);
        new LogFile(path, 1).emptyIfFull();
        try (var in = process.getOutputStream()) {
            in.write("after\n".getBytes());
        }
        process.waitFor();
        assertThat(path).hasContent("after\n");
        assertThat(folder.resolve("log.1")).hasContent("before\n");
    }
}
