package dev.gantry.agent.runtime;

import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerEvent;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A container runtime on this node. Calls block; all may be made from any thread.
 *
 * <p>Throws {@link RuntimeFault} where the runtime failed or is away. Stopping or removing what is
 * gone already is a success.
 */
public interface ContainerRuntime {
    RuntimeVersion version();

    /** How it is, and what it can do. */
    RuntimeStatus status();

    /** Who makes cgroups for it; empty where it does not say. */
    Optional<CgroupDriver> cgroupDriver();

    /** Every sandbox; their addresses are left empty, see {@link #sandbox}. */
    List<PodSandbox> sandboxes();

    /** Only those of one pod, newest first. */
    List<PodSandbox> sandboxesOf(String podUid);

    Optional<PodSandbox> sandbox(String id);

    /**
     * Returns the id of the sandbox, which is ready and has its network.
     *
     * @param handler by which the runtime runs it, such as {@code runc}; empty for its default
     */
    String runSandbox(SandboxConfig config, String handler);

    /** Kills what still runs in it and takes its network away. */
    void stopSandbox(String id);

    void removeSandbox(String id);

    List<ContainerEntry> containers();

    /** Only the containers whose sandbox carries the pod's uid in its labels. */
    List<ContainerEntry> containersOf(String podUid);

    Optional<ContainerStatus> container(String id);

    /** Returns the id of a container that is made but not started. */
    String createContainer(String sandboxId, ContainerConfig config, SandboxConfig sandbox);

    void startContainer(String id);

    /** Asks with the stop signal, and kills what still runs after {@code grace}. */
    void stopContainer(String id, Duration grace);

    void removeContainer(String id);

    /** Holds a container that runs to other values; those that are zero stay as they are. */
    void updateResources(String id, LinuxResources resources);

    /** To be called once the file at the container's log path has been moved away. */
    void reopenLog(String id);

    /** Runs a command to its end; a {@link RuntimeFault.Kind#DEADLINE} fault past the limit. */
    ExecResult exec(String id, List<String> command, Duration limit);

    /** A URL of the runtime's streaming server, good for one connection. */
    String execUrl(String id, List<String> command, StreamOptions options);

    String attachUrl(String id, StreamOptions options);

    String portForwardUrl(String sandboxId, List<Integer> ports);

    List<Image> images();

    Optional<Image> image(String name);

    /** Returns the reference by which containers shall name the image. */
    String pullImage(String name, Optional<RegistryCredentials> credentials);

    void removeImage(String id);

    ImageFilesystem imageFilesystem();

    List<ContainerStats> containerStats();

    List<SandboxStats> sandboxStats();

    /**
     * Hands every container event to {@code listener} until the calling thread is interrupted.
     * Events may be lost: a listener has to list the containers now and then as well.
     */
    void followEvents(Consumer<ContainerEvent> listener) throws InterruptedException;
}
