package dev.gantry.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunTest {
    @Test
    void findsWhatARunHasLeftThatIsNoMore(@TempDir Path folder) throws Exception {
        Process other = new ProcessBuilder("true").start();
        other.waitFor();
        String left = "kind-" + other.pid() + "-a";
        for (String each :
                new String[] {left, TestRun.prefix("kind") + "a", "kind-7", "other" + left}) {
            make(folder, each);
        }
        assertThat(TestRun.abandoned("kind", folder.toFile())).containsExactly(left);
        assertThat(TestRun.abandoned("kind", folder.resolve("none").toFile())).isEmpty();
    }

    private static void make(Path folder, String name) throws IOException {
        Files.createFile(folder.resolve(name));
    }
}
