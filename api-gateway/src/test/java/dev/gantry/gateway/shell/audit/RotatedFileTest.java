package dev.gantry.gateway.shell.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFileTest {
    @TempDir Path folder;

    @Test
    void movesAFullFileAsideAndKeepsTen() throws Exception {
        Path path = folder.resolve("audit.log");
        try (RotatedFile file = new RotatedFile(path, 10)) {
            for (int i = 0; i < 15; i++) {
                file.append("line %02d\n".formatted(i));
            }
        }
        assertThat(path).hasContent("line 14\n");
        assertThat(folder.resolve("audit.log.1")).hasContent("line 13\n");
        assertThat(folder.resolve("audit.log.10")).hasContent("line 04\n");
        assertThat(folder.resolve("audit.log.11")).doesNotExist();
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        Path path = folder.resolve("audit.log");
        try (RotatedFile file = new RotatedFile(path)) {
            file.append("one\n");
        }
        try (RotatedFile file = new RotatedFile(path)) {
            file.append("two\n");
        }
        assertThat(path).hasContent("one\ntwo\n");
        assertThat(Files.getPosixFilePermissions(path)).hasSize(2);
    }
}
