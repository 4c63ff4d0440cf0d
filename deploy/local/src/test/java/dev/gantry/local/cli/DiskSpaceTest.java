package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskSpaceTest {
    private static final Path HOME = Path.of("/home");

    @Test
    void aStartNeedsRoomAndSaysHowMuch() {
        assertThatCode(new DiskSpace(HOME, 300L << 20)::requireRoom).doesNotThrowAnyException();
        assertThatThrownBy(new DiskSpace(HOME, 30L << 20)::requireRoom)
                .hasMessageContaining("/home has 30 MB left")
                .hasMessageContaining("GANTRY_HOME");
    }

    @Test
    void onlyAFullDiskIsBlamed() {
        assertThat(new DiskSpace(HOME, 0).trouble()).contains("/home", "full", "make room");
        assertThat(new DiskSpace(HOME, 300L << 20).trouble()).isEmpty();
    }

    @Test
    void aRealFolderHasSomeRoom(@TempDir Path folder) throws IOException {
        assertThat(DiskSpace.of(folder).freeBytes()).isPositive();
    }

    @Test
    void aFolderThatIsToBeMadeHasTheRoomOfTheOneAboveIt(@TempDir Path folder) throws IOException {
        DiskSpace found = DiskSpace.of(folder.resolve("not").resolve("there"));
        assertThat(found.freeBytes()).isPositive();
        assertThat(found.folder()).isEqualTo(folder.resolve("not").resolve("there"));
    }
}
