package dev.gantry.agent.shell.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.volume.VolumeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir Path folder;

    @Test
    void changesAllFilesAtOnceAndOnlyWhenTheyDiffer() throws IOException {
        var volume = new AtomicFolder(folder, OptionalLong.empty());
        assertThat(volume.write(files("a", "1", "sub/b", "2"), NOW)).isTrue();
        Path first = folder.resolve("..data").toRealPath();
        assertThat(volume.write(files("a", "1", "sub/b", "2"), NOW.plusSeconds(1))).isFalse();
        assertThat(folder.resolve("..data").toRealPath()).isEqualTo(first);
        assertThat(volume.write(files("a", "9", "c", "3"), NOW.plusSeconds(2))).isTrue();
        assertThat(folder.resolve("a")).hasContent("9").isSymbolicLink();
        assertThat(folder.resolve("c")).hasContent("3");
        assertThat(Files.exists(folder.resolve("sub"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(first).doesNotExist();
    }

    @Test
    void neverWritesOutsideOfItself() {
        var volume = new AtomicFolder(folder, OptionalLong.empty());
        assertThatThrownBy(() -> volume.write(files("../../x", "1"), NOW))
                .isInstanceOf(IOException.class);
    }

    private static SortedMap<String, VolumeFile> files(String... pairs) {
        SortedMap<String, VolumeFile> found = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            found.put(pairs[i], new VolumeFile(pairs[i + 1].getBytes(UTF_8), 0644));
        }
        return found;
    }
}
