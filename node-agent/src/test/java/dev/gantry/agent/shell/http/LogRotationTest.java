package dev.gantry.agent.shell.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.container.ContainerConfig.Terminal;
import dev.gantry.agent.testing.Busybox;
import dev.gantry.agent.testing.FakeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
    private static final LogRotation.Limits ONE_OF_TEN_BYTES = new LogRotation.Limits(10, 1);

    @TempDir private Path folder;
    private final FakeRuntime runtime = new FakeRuntime();

    @Test
    void movesOnlyLongLogsAside() throws IOException {
        Path longer = Files.writeString(log("longer"), "more than ten bytes\n");
        Path shorter = Files.writeString(log("shorter"), "few\n");
        new LogRotation(runtime, new LogRotation.Limits(10, 2)).rotateAll();
        assertThat(files(longer)).singleElement().asString().contains("0.log.");
        assertThat(files(shorter)).containsExactly(shorter);
    }

    @Test
    void aLogThatCannotBeRotatedIsInNobodysWay() throws IOException {
        Path broken = log("broken");
        Files.createDirectories(broken.resolve("not a file"));
        Path one = Files.writeString(log("one"), "more than ten bytes\n");
        Path other = Files.writeString(log("other"), "more than ten bytes\n");
        new LogRotation(runtime, ONE_OF_TEN_BYTES).rotateAll();
        assertThat(files(one)).isEmpty();
        assertThat(files(other)).isEmpty();
    }

    /** Of a container that runs. */
    private Path log(String pod) throws IOException {
        var busybox = new Busybox(pod, folder, "/none");
        String sandbox = runtime.runSandbox(busybox.sandbox(), "");
        var config = busybox.container("main", Terminal.NONE, List.of("sleep", "1000"));
        String id = runtime.createContainer(sandbox, config, busybox.sandbox());
        runtime.startContainer(id);
        Path log = Path.of(runtime.container(id).orElseThrow().logPath());
        Files.createDirectories(log.getParent());
        return log;
    }

    private static List<Path> files(Path log) throws IOException {
        try (var files = Files.list(log.getParent())) {
            return files.toList();
        }
    }
}
