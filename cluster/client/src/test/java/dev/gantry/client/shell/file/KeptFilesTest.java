package dev.gantry.client.shell.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptFilesTest {
    @TempDir Path folder;

    @Test
    void theYoungestComesFirstAndTheOldestMakesWay() throws IOException {
        var files = new KeptFiles(folder.resolve("log"), 2);
        for (String each : new String[] {"first", "second", "third"}) {
            Path room = files.makeRoom();
            assertThat(room).isEqualTo(folder.resolve("log.1")).doesNotExist();
            Files.writeString(room, each);
        }
        assertThat(folder.resolve("log.1")).hasContent("third");
        assertThat(folder.resolve("log.2")).hasContent("second");
        assertThat(folder.resolve("log.3")).doesNotExist();
    }

    @Test
    void oneThatIsMissingLeavesAGap() throws IOException {
        var files = new KeptFiles(folder.resolve("log"), 3);
        Files.writeString(folder.resolve("log.2"), "older");
        Files.writeString(files.makeRoom(), "younger");
        assertThat(folder.resolve("log.3")).hasContent("older");
        assertThat(folder.resolve("log.2")).doesNotExist();
    }

    @Test
    void aSingleOneIsReplaced() throws IOException {
        var files = new KeptFiles(folder.resolve("log"), 1);
        Files.writeString(files.makeRoom(), "first");
        Path room = files.makeRoom();
        assertThat(room).hasContent("first");
        assertThat(folder).isDirectoryNotContaining("glob:**.2");
    }
}
