package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.local.instance.Instance;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SuperviseTest {
    private static final int SLOT = 92;

    @TempDir Path folder;

    @Test
    void startsNothingWhereWhoPreparesIsGone() throws Exception {
        Files.createDirectories(folder.resolve("lib"));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(new byte[0]));
        try {
            int code =
                    new CommandLine(new LocalMain())
                            .execute(
                                    "supervise",
                                    "--home=" + folder.resolve("home"),
                                    "--distribution=" + folder,
                                    "--slot=" + SLOT,
                                    "--nodes=0");
            assertThat(code).isEqualTo(1);
        } finally {
            System.setIn(before);
        }
        assertThat(new Instance(folder.resolve("home"), folder, SLOT, 0).run()).doesNotExist();
    }
}
