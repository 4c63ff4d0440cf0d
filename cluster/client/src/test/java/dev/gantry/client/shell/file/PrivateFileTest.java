package dev.gantry.client.shell.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFileTest {
    @TempDir Path folder;

    @Test
    void replacesAFileAsAWholeAndLetsNobodyElseReadIt() throws IOException {
        Path file = folder.resolve("new").resolve("file");
        PrivateFile.write(file, "first");
        // As a writer leaves it that was killed, readable by all.
        Files.writeString(file.resolveSibling("file.new"), "half of wha");
        try (var reader = Files.newBufferedReader(file)) {
            PrivateFile.write(file, "second");
            assertThat(reader.readLine()).as("who reads the former one").isEqualTo("first");
        }
        assertThat(file).hasContent("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.new");
    }
}
