package dev.gantry.agent.shell.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.runtime.ContainerConfig;
import dev.gantry.agent.runtime.ContainerEvent;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.ContainerSecurity;
import dev.gantry.agent.runtime.ContainerState;
import dev.gantry.agent.runtime.ContainerStatus;
import dev.gantry.agent.runtime.DnsConfig;
import dev.gantry.agent.runtime.LinuxResources;
import dev.gantry.agent.runtime.NamespaceUse;
import dev.gantry.agent.runtime.NamespaceUse.Scope;
import dev.gantry.agent.runtime.RunAs;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeLabels;
import dev.gantry.agent.runtime.SandboxConfig;
import dev.gantry.agent.runtime.SandboxName;
import dev.gantry.agent.runtime.SandboxSecurity;
import dev.gantry.agent.runtime.Seccomp;
import dev.gantry.agent.testing.TestContainerd;
import dev.gantry.client.shell.image.DebianImages;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the agent relies on, tried on a real containerd. */
class CriRuntimeTest {
    private static final NamespaceUse OWN = new NamespaceUse(Scope.POD, Scope.CONTAINER, Scope.POD);
    private static final RunAs IMAGE_USER = new RunAs(null, null, List.of());
    private static TestContainerd containerd;
    private static ContainerRuntime runtime;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(TestContainerd.isPossible(), "needs root, containerd, runc and CNI plugins");
        containerd = TestContainerd.start();
        runtime = containerd.runtime();
    }

    @AfterAll
    static void stop() throws Exception {
        if (containerd != null) {
            containerd.close();
        }
    }

    @Test
    void tellsItsVersionAndHealth() {
        assertThat(runtime.version().name()).isEqualTo("containerd");
        assertThat(runtime.health().isReady()).isTrue();
        assertThat(runtime.health().isNetworkReady()).isTrue();
    }

    @Test
    void runsAContainerAndTellsHowItEnded() throws Exception {
        SandboxConfig pod = sandbox("ends");
        String sandbox = runtime.runSandbox(pod);
        assertThat(runtime.sandbox(sandbox).orElseThrow().ips())
                .hasSize(2)
                .anyMatch(ip -> ip.startsWith("10.99.0."))
                .anyMatch(ip -> ip.startsWith("fd00:99:"));
        String id =
                runtime.createContainer(
                        sandbox, container(List.of("sh", "-c", "echo hello; exit 3")), pod);
        runtime.startContainer(id);
        ContainerStatus ended = awaitExit(id);
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.startedAt()).isBeforeOrEqualTo(ended.finishedAt());
        assertThat(Files.readString(java.nio.file.Path.of(ended.logPath())))
                .contains("stdout F hello");
        assertThat(runtime.containersOf("ends"))
                .singleElement()
                .matches(c -> c.state() == ContainerState.EXITED);
        runtime.stopSandbox(sandbox);
        runtime.removeSandbox(sandbox);
        assertThat(runtime.sandbox(sandbox)).isEmpty();
        assertThat(runtime.container(id)).isEmpty();
        runtime.stopContainer(id, Duration.ZERO);
        runtime.removeSandbox(sandbox);
    }

    @Test
    void saysAtOnceThatAContainerDied() throws Exception {
        var heard = new CopyOnWriteArrayList<ContainerEvent>();
        Thread listening = Thread.ofVirtual().start(() -> follow(heard));
        SandboxConfig pod = sandbox("dies");
        String sandbox = runtime.runSandbox(pod);
        String id = runtime.createContainer(sandbox, container(List.of("sleep", "1000")), pod);
        runtime.startContainer(id);
        Awaitility.await()
                .until(
                        () ->
                                heard.stream()
                                        .anyMatch(
                                                e ->
                                                        e.containerId().equals(id)
                                                                && e.type()
                                                                        == ContainerEvent.Type
                                                                                .STARTED));
        runtime.stopContainer(id, Duration.ZERO);
        Awaitility.await()
                .until(
                        () ->
                                heard.stream()
                                        .anyMatch(
                                                e ->
                                                        e.containerId().equals(id)
                                                                && e.type()
                                                                        == ContainerEvent.Type
                                                                                .STOPPED));
        assertThat(heard).anyMatch(e -> e.podUid().equals("dies"));
        listening.interrupt();
        assertThat(listening.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void runsCommandsInside() {
        SandboxConfig pod = sandbox("exec");
        String sandbox = runtime.runSandbox(pod);
        String id = runtime.createContainer(sandbox, container(List.of("sleep", "1000")), pod);
        runtime.startContainer(id);
        var result =
                runtime.exec(
                        id,
                        List.of("sh", "-c", "echo out; echo err >&2; exit 7"),
                        Duration.ofSeconds(5));
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.output()).isEqualTo("out\nerr\n");
        assertThatThrownBy(() -> runtime.exec(id, List.of("sleep", "20"), Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(
                        RuntimeFault.class,
                        fault -> assertThat(fault.kind()).isEqualTo(RuntimeFault.Kind.DEADLINE));
        Awaitility.await()
                .until(
                        () ->
                                runtime.containerStats().stream()
                                        .anyMatch(
                                                s ->
                                                        s.id().equals(id)
                                                                && s.memoryWorkingSetBytes() > 0));
        assertThat(runtime.sandboxStats())
                .anyMatch(s -> s.id().equals(sandbox) && s.receivedBytes() >= 0);
    }

    @Test
    void knowsItsImages() {
        assertThat(runtime.image(DebianImages.BUSYBOX).orElseThrow().tags())
                .contains(DebianImages.BUSYBOX);
        assertThat(runtime.image("localhost/none:1")).isEmpty();
        assertThat(runtime.images()).anyMatch(each -> each.tags().contains(DebianImages.PAUSE));
        assertThat(runtime.imageFilesystem().mountPoint()).startsWith(containerd.root().toString());
        assertThatThrownBy(() -> runtime.pullImage("localhost:1/none:1", Optional.empty()))
                .isInstanceOf(RuntimeFault.class);
    }

    private static void follow(List<ContainerEvent> heard) {
        try {
            runtime.followEvents(heard::add);
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    private static ContainerStatus awaitExit(String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> runtime.container(id).orElseThrow(), ContainerStatus::hasExited);
    }

    private static SandboxConfig sandbox(String name) {
        return new SandboxConfig(
                new SandboxName(name, "default", name, 0),
                name,
                containerd.root().resolve("logs").resolve(name).toString(),
                new DnsConfig(
                        List.of("10.96.0.10"), List.of("svc.cluster.local"), List.of("ndots:5")),
                List.of(),
                new TreeMap<>(Map.of(RuntimeLabels.POD_UID, name)),
                new TreeMap<>(),
                containerd.cgroupParent() + "/" + name,
                new SandboxSecurity(OWN, IMAGE_USER, false, Seccomp.RUNTIME_DEFAULT),
                new TreeMap<>());
    }

    private static ContainerConfig container(List<String> command) {
        return new ContainerConfig(
                "main",
                0,
                DebianImages.BUSYBOX,
                DebianImages.BUSYBOX,
                command,
                List.of(),
                "",
                List.of(),
                List.of(),
                new TreeMap<>(
                        Map.of(RuntimeLabels.POD_UID, command.contains("1000") ? "lives" : "ends")),
                new TreeMap<>(),
                "main/0.log",
                ContainerConfig.Terminal.NONE,
                new LinuxResources(0, 0, 2, 0, 1000),
                new ContainerSecurity(
                        OWN,
                        IMAGE_USER,
                        false,
                        false,
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Seccomp.UNCONFINED));
    }
}
