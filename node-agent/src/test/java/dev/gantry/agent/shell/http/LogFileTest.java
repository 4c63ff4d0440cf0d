package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir private Path folder;
    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(folder.resolve("0.log"), "one\n");
    }

    @Test
    void followsARotationWithoutLosingWhatWasWrittenLastBeforeIt() throws IOException {
        try (var file = new LogFile(path)) {
            assertThat(next(file)).contains("one");
            assertThat(next(file)).isEmpty();
            assertThat(file.followRotation()).isFalse();

            Path aside = Files.move(path, folder.resolve("0.log.1"));
            assertThat(file.followRotation()).as("there is no new one yet").isFalse();
            Files.writeString(aside, "two\n", StandardOpenOption.APPEND);
            Files.writeString(path, "three\n");

            assertThat(file.followRotation()).isTrue();
            assertThat(next(file)).contains("two");
            assertThat(next(file)).isEmpty();
            assertThat(file.followRotation()).isTrue();
            assertThat(next(file)).contains("three");
            assertThat(file.followRotation()).isFalse();
        }
    }

    @Test
    void beginsWithTheLastEntries() throws IOException {
        Files.writeString(path, "two\nthree\n", StandardOpenOption.APPEND);
        try (var file = new LogFile(path)) {
            file.seekToLast(2);
            assertThat(next(file)).contains("two");
        }
        try (var file = new LogFile(path)) {
            file.seekToLast(9);
            assertThat(next(file)).contains("one");
        }
    }

    private static Optional<String> next(LogFile file) throws IOException {
        return file.next().map(entry -> new String(entry, UTF_8));
    }
}
