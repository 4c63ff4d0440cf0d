package dev.gantry.agent.shell.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.shell.kernel.Descriptor;
import dev.gantry.agent.shell.kernel.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    private static final int ROUNDS = 500;
    private static final int GROUP = 4711;

    @TempDir Path root;

    @BeforeEach
    void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    }

    @Test
    void givesAVolumeToItsGroup() throws IOException {
        Path folder = Files.createDirectories(root.resolve("deep/er"));
        Path file = Files.writeString(folder.resolve("file"), "x");
        FileTree.setMode(file, 0600);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/hostname"));
        FileTree.share(root, GROUP);
        assertThat(group(file)).isEqualTo(GROUP);
        assertThat(mode(file)).isEqualTo(0660);
        assertThat(group(folder)).isEqualTo(GROUP);
        assertThat(mode(folder) & 02770).isEqualTo(02770);
        assertThat(group(Path.of("/etc/hostname"))).isNotEqualTo(GROUP);
    }

    @Test
    void leavesTheHostAloneWhateverAFolderIsExchangedFor() throws Exception {
        Path host = Files.createDirectories(root.resolve("host"));
        Path secret = Files.writeString(host.resolve("file"), "of the host");
        FileTree.setMode(secret, 0600);
        Path part = Files.createDirectories(root.resolve("volume/part"));
        Files.writeString(part.resolve("file"), "of the pod");
        var attacker = new SwappedFolder(part, host);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                FileTree.share(part.getParent(), GROUP);
            }
        } finally {
            attacker.stop();
        }
        assertThat(mode(secret)).isEqualTo(0600);
        assertThat(group(secret)).isZero();
        FileTree.share(part.getParent(), GROUP);
        assertThat(group(part.resolve("file"))).isEqualTo(GROUP);
    }

    @Test
    void neverDeletesWhatIsOnlyMountedThere() throws IOException {
        Path data = Files.createDirectories(root.resolve("data"));
        Path precious = Files.writeString(data.resolve("precious"), "x");
        Path folder = Files.createDirectories(root.resolve("pod/volume"));
        try (Descriptor source = Descriptor.open(data)) {
            Mounts.bind(source, folder);
        }
        try {
            assertThatThrownBy(() -> FileTree.delete(folder.getParent()))
                    .hasMessageContaining("it is mounted");
        } finally {
            Mounts.detachAllBelow(root);
        }
        assertThat(precious).hasContent("x");
        FileTree.delete(folder.getParent());
        assertThat(folder.getParent()).doesNotExist();
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode") & 07777;
    }

    private static int group(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:gid");
    }
}
