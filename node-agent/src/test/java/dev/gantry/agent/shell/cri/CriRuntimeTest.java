package dev.gantry.agent.shell.cri;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.container.ContainerConfig.Terminal;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.testing.Busybox;
import dev.gantry.agent.testing.RuntimeContract;
import dev.gantry.agent.testing.TestContainerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a real containerd, and what only that one has. */
class CriRuntimeTest implements RuntimeContract {
    private static TestContainerd containerd;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(TestContainerd.isPossible(), "needs root, containerd, runc and CNI plugins");
        containerd = TestContainerd.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (containerd != null) {
            containerd.close();
        }
    }

    @Override
    public ContainerRuntime runtime() {
        return containerd.runtime();
    }

    @Override
    public Path folder() {
        return containerd.root();
    }

    @Override
    public String cgroupParent() {
        return containerd.cgroupParent();
    }

    @Test
    void measuresContainersPodsAndImages() {
        SandboxConfig pod = sandbox("measured");
        String sandbox = runtime().runSandbox(pod, "");
        String id = make(sandbox, pod, List.of("sleep", "1000"));
        runtime().startContainer(id);
        await().until(
                        () ->
                                runtime().containerStats().stream()
                                        .anyMatch(
                                                s ->
                                                        s.id().equals(id)
                                                                && s.memoryWorkingSetBytes() > 0));
        await().until(
                        () ->
                                runtime().sandboxStats().stream()
                                        .anyMatch(
                                                s ->
                                                        s.id().equals(sandbox)
                                                                && s.name().equals(pod.name())));
        assertThat(runtime().imageFilesystem().mountPoint()).startsWith(folder().toString());
        runtime().removeSandbox(sandbox);
    }

    @Test
    void runsAPodWithUsersOfItsOwn() throws IOException {
        var users = new IdRange(655_360, 65_536);
        var own = new Busybox("own", folder(), cgroupParent(), Optional.of(users));
        String sandbox = runtime().runSandbox(own.sandbox(), "");
        List<String> command = List.of("cat", "/proc/self/uid_map", "/proc/self/gid_map");
        String id =
                runtime()
                        .createContainer(
                                sandbox,
                                own.container("main", Terminal.NONE, command),
                                own.sandbox());
        runtime().startContainer(id);
        await().until(() -> runtime().container(id).orElseThrow().hasExited());
        ContainerStatus ended = runtime().container(id).orElseThrow();
        assertThat(Files.readAllLines(Path.of(ended.logPath())))
                .hasSize(2)
                .allMatch(line -> line.matches(".* stdout F +0 +655360 +65536"));
        runtime().removeSandbox(sandbox);
    }

    @Test
    void findsARuntimeAgainThatWasKilled() throws Exception {
        SandboxConfig pod = sandbox("survives");
        String sandbox = runtime().runSandbox(pod, "");
        String id = make(sandbox, pod, List.of("sleep", "1000"));
        runtime().startContainer(id);
        containerd.kill();
        containerd.launch();
        assertThat(runtime().container(id).orElseThrow().isRunning()).isTrue();
        runtime().removeSandbox(sandbox);
    }
}
