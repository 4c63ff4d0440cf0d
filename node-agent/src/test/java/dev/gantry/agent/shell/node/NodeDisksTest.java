package dev.gantry.agent.shell.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDisksTest {
    /** A file system in memory, on any Linux. */
    private static final Path OTHER = Path.of("/dev/shm");

    @Test
    void measuresOneDiskOnceAndTwoApart(@TempDir Path folder) throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        NodeDisks one = NodeDisks.measured(folder, images);
        assertThat(one.ofImages()).isEmpty();
        assertThat(one.own().space().totalBytes())
                .isEqualTo(Files.getFileStore(folder).getTotalSpace());
        assertThat(NodeDisks.measured(folder, folder.resolve("none")).ofImages()).isEmpty();
        assumeTrue(Files.isDirectory(OTHER), "no /dev/shm");
        assertThat(NodeDisks.measured(folder, OTHER).ofImages())
                .hasValueSatisfying(
                        disk ->
                                assertThat(disk.space().totalBytes())
                                        .isNotEqualTo(one.own().space().totalBytes()));
    }
}
