package dev.gantry.agent.shell.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InodesTest {
    @TempDir Path folder;

    @Test
    void areAsManyAsTheSystemsOwnProgramCounts() throws IOException {
        Inodes found = Inodes.of(folder);
        assertThat(found.total()).isEqualTo(counted());
        assertThat(found.available()).isBetween(0L, found.total());
    }

    @Test
    void aPlaceThatIsNotThereHasNone() {
        assertThatThrownBy(() -> Inodes.of(folder.resolve("none")))
                .isInstanceOfSatisfying(
                        KernelFault.class, fault -> assertThat(fault.isMissing()).isTrue());
    }

    private long counted() throws IOException {
        Process stat = new ProcessBuilder("stat", "-f", "-c", "%c", folder.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), US_ASCII).strip());
    }
}
