package dev.gantry.agent.testing;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.runtime.CgroupDriver;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerEvent;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.client.shell.image.DebianImages;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the agent relies on, whatever the runtime. */
public interface RuntimeContract {
    ContainerRuntime runtime();

    /** A folder for logs. */
    Path folder();

    /** Where cgroups of sandboxes may be. */
    String cgroupParent();

    @Test
    default void tellsItsVersionAndHealth() {
        assertThat(runtime().version().name()).isEqualTo("containerd");
        assertThat(runtime().status().health().isReady()).isTrue();
        assertThat(runtime().status().health().isNetworkReady()).isTrue();
        assertThat(runtime().cgroupDriver()).isNotEqualTo(Optional.of(CgroupDriver.SYSTEMD));
    }

    @Test
    default void runsAContainerAndTellsHowItEnded() throws IOException {
        SandboxConfig pod = sandbox("ends");
        String sandbox = runtime().runSandbox(pod, "");
        assertThat(runtime().sandbox(sandbox).orElseThrow().ips())
                .hasSize(2)
                .anyMatch(ip -> ip.startsWith("10.99.0."))
                .anyMatch(ip -> ip.startsWith("fd00:99:"));
        assertThat(runtime().sandboxesOf("ends")).singleElement().matches(each -> each.isReady());
        String id = make(sandbox, pod, List.of("sh", "-c", "echo hello; exit 3"));
        assertThat(runtime().container(id).orElseThrow().state()).isEqualTo(ContainerState.CREATED);
        runtime().startContainer(id);
        await().until(() -> runtime().container(id).orElseThrow().hasExited());
        ContainerStatus ended = runtime().container(id).orElseThrow();
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.reason()).isEqualTo("Error");
        assertThat(ended.startedAt()).isBeforeOrEqualTo(ended.finishedAt());
        assertThat(Files.readString(Path.of(ended.logPath()))).contains("stdout F hello");
        assertThat(runtime().containersOf("ends"))
                .extracting(each -> each.state())
                .containsExactly(ContainerState.EXITED);
        runtime().stopSandbox(sandbox);
        assertThat(runtime().sandbox(sandbox).orElseThrow().isReady()).isFalse();
        runtime().removeSandbox(sandbox);
        assertThat(runtime().sandbox(sandbox)).isEmpty();
        assertThat(runtime().container(id)).isEmpty();
    }

    @Test
    default void takesTheEndOfWhatIsGoneForDone() {
        runtime().stopContainer("nothing", Duration.ZERO);
        runtime().removeContainer("nothing");
        runtime().stopSandbox("nothing");
        runtime().removeSandbox("nothing");
        assertThat(runtime().container("nothing")).isEmpty();
        assertThat(runtime().sandbox("nothing")).isEmpty();
    }

    @Test
    default void saysAtOnceThatAContainerDied() throws InterruptedException {
        var heard = new CopyOnWriteArrayList<ContainerEvent>();
        Thread listening = Thread.ofVirtual().start(() -> follow(heard));
        SandboxConfig pod = sandbox("dies");
        String sandbox = runtime().runSandbox(pod, "");
        String id = make(sandbox, pod, List.of("sleep", "1000"));
        runtime().startContainer(id);
        await().until(() -> runtime().container(id).orElseThrow().isRunning());
        runtime().stopContainer(id, Duration.ZERO);
        await().until(
                        () ->
                                heard.stream()
                                        .anyMatch(
                                                e ->
                                                        e.containerId().equals(id)
                                                                && e.type()
                                                                        == ContainerEvent.Type
                                                                                .STOPPED));
        assertThat(runtime().container(id).orElseThrow().exitCode()).isEqualTo(137);
        listening.interrupt();
        assertThat(listening.join(Patience.LIMIT)).isTrue();
        runtime().removeSandbox(sandbox);
    }

    @Test
    default void runsCommandsInside() {
        SandboxConfig pod = sandbox("exec");
        String sandbox = runtime().runSandbox(pod, "");
        String id = make(sandbox, pod, List.of("sleep", "1000"));
        runtime().startContainer(id);
        var result = runtime().exec(id, List.of("sh", "-c", "echo out; exit 7"), Patience.LIMIT);
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.output()).isEqualTo("out\n");
        assertThatThrownBy(() -> runtime().exec(id, List.of("sleep", "20"), Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(
                        RuntimeFault.class,
                        fault -> assertThat(fault.kind()).isEqualTo(RuntimeFault.Kind.DEADLINE));
        runtime().removeSandbox(sandbox);
    }

    @Test
    default void holdsARunningContainerToOtherValuesAndTellsThem() {
        SandboxConfig pod = sandbox("resized");
        String sandbox = runtime().runSandbox(pod, "");
        String id = make(sandbox, pod, List.of("sleep", "1000"));
        runtime().startContainer(id);
        var wanted = new LinuxResources(100_000, 50_000, 100, 64 << 20, 1000);
        runtime().updateResources(id, wanted);
        LinuxResources told = runtime().container(id).orElseThrow().resources().orElseThrow();
        assertThat(told.hasCpuOf(wanted)).isTrue();
        assertThat(told.hasMemoryOf(wanted)).isTrue();
        assertThatThrownBy(() -> runtime().updateResources("nothing", wanted))
                .isInstanceOf(RuntimeFault.class);
        runtime().removeSandbox(sandbox);
    }

    @Test
    default void knowsItsImages() {
        var image = runtime().image(DebianImages.BUSYBOX).orElseThrow();
        assertThat(image.tags()).contains(DebianImages.BUSYBOX);
        assertThat(runtime().image(image.id())).contains(image);
        assertThat(runtime().image("localhost/none:1")).isEmpty();
        assertThat(runtime().images()).anyMatch(each -> each.tags().contains(DebianImages.PAUSE));
        assertThatThrownBy(() -> runtime().pullImage("localhost:1/none:1", Optional.empty()))
                .isInstanceOf(RuntimeFault.class);
    }

    private void follow(List<ContainerEvent> heard) {
        try {
            runtime().followEvents(heard::add);
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    default String make(String sandbox, SandboxConfig pod, List<String> command) {
        var busybox = new Busybox(pod.name().uid(), folder(), cgroupParent());
        return runtime()
                .createContainer(
                        sandbox,
                        busybox.container("main", ContainerConfig.Terminal.NONE, command),
                        pod);
    }

    default SandboxConfig sandbox(String name) {
        return new Busybox(name, folder(), cgroupParent()).sandbox();
    }
}
