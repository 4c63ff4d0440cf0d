package dev.gantry.agent.shell.cri;

import dev.gantry.agent.runtime.CgroupDriver;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.ExecResult;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.ImageFilesystem;
import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeFault.Kind;
import dev.gantry.agent.runtime.RuntimeStatus;
import dev.gantry.agent.runtime.RuntimeVersion;
import dev.gantry.agent.runtime.StreamOptions;
import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerEvent;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.agent.shell.cri.v1.Cri;
import dev.gantry.agent.shell.cri.v1.ImageServiceGrpc;
import dev.gantry.agent.shell.cri.v1.RuntimeServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@link ContainerRuntime} over CRI. */
public final class CriRuntime implements ContainerRuntime {
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration PULL = Duration.ofMinutes(15);

    private final CriChannel channel;
    private final RuntimeServiceGrpc.RuntimeServiceBlockingStub runtime;
    private final ImageServiceGrpc.ImageServiceBlockingStub images;

    public CriRuntime(CriChannel channel) {
        this.channel = channel;
        this.runtime = RuntimeServiceGrpc.newBlockingStub(channel.grpc());
        this.images = ImageServiceGrpc.newBlockingStub(channel.grpc());
    }

    @Override
    public RuntimeVersion version() {
        var found =
                call(
                        "version",
                        () -> runtime(SHORT).version(Cri.VersionRequest.getDefaultInstance()));
        return new RuntimeVersion(found.getRuntimeName(), found.getRuntimeVersion());
    }

    @Override
    public RuntimeStatus status() {
        return CriReading.status(
                call(
                        "status",
                        () -> runtime(SHORT).status(Cri.StatusRequest.getDefaultInstance())));
    }

    /** Compat: containerd answers this from version 2.0 on. */
    @Override
    public Optional<CgroupDriver> cgroupDriver() {
        var request = Cri.RuntimeConfigRequest.getDefaultInstance();
        try {
            return CriReading.driver(runtime(SHORT).runtimeConfig(request));
        } catch (StatusRuntimeException fault) {
            if (fault.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return Optional.empty();
            }
            throw fault("runtime config", fault);
        }
    }

    @Override
    public List<PodSandbox> sandboxes() {
        return listSandboxes(Cri.PodSandboxFilter.getDefaultInstance());
    }

    @Override
    public List<PodSandbox> sandboxesOf(String podUid) {
        var filter =
                Cri.PodSandboxFilter.newBuilder()
                        .putLabelSelector(RuntimeLabels.POD_UID, podUid)
                        .build();
        return listSandboxes(filter).stream()
                .sorted(Comparator.comparing(PodSandbox::createdAt).reversed())
                .toList();
    }

    private List<PodSandbox> listSandboxes(Cri.PodSandboxFilter filter) {
        var request = Cri.ListPodSandboxRequest.newBuilder().setFilter(filter).build();
        return call("list sandboxes", () -> runtime(SHORT).listPodSandbox(request))
                .getItemsList()
                .stream()
                .map(CriReading::sandbox)
                .toList();
    }

    @Override
    public Optional<PodSandbox> sandbox(String id) {
        var request = Cri.PodSandboxStatusRequest.newBuilder().setPodSandboxId(id).build();
        return unlessMissing(
                        () -> call("sandbox " + id, () -> runtime(SHORT).podSandboxStatus(request)))
                .map(found -> CriReading.sandbox(found.getStatus()));
    }

    @Override
    public String runSandbox(SandboxConfig config, String handler) {
        var request =
                Cri.RunPodSandboxRequest.newBuilder()
                        .setConfig(CriWriting.sandbox(config))
                        .setRuntimeHandler(handler)
                        .build();
        return call("run sandbox", () -> runtime(LONG).runPodSandbox(request)).getPodSandboxId();
    }

    @Override
    public void stopSandbox(String id) {
        var request = Cri.StopPodSandboxRequest.newBuilder().setPodSandboxId(id).build();
        unlessMissing(
                () -> call("stop sandbox " + id, () -> runtime(LONG).stopPodSandbox(request)));
    }

    @Override
    public void removeSandbox(String id) {
        var request = Cri.RemovePodSandboxRequest.newBuilder().setPodSandboxId(id).build();
        unlessMissing(
                () -> call("remove sandbox " + id, () -> runtime(LONG).removePodSandbox(request)));
    }

    @Override
    public List<ContainerEntry> containers() {
        return list(Cri.ContainerFilter.getDefaultInstance());
    }

    @Override
    public List<ContainerEntry> containersOf(String podUid) {
        return list(
                Cri.ContainerFilter.newBuilder()
                        .putLabelSelector(RuntimeLabels.POD_UID, podUid)
                        .build());
    }

    private List<ContainerEntry> list(Cri.ContainerFilter filter) {
        var request = Cri.ListContainersRequest.newBuilder().setFilter(filter).build();
        return call("list containers", () -> runtime(SHORT).listContainers(request))
                .getContainersList()
                .stream()
                .map(CriReading::entry)
                .toList();
    }

    @Override
    public Optional<ContainerStatus> container(String id) {
        var request = Cri.ContainerStatusRequest.newBuilder().setContainerId(id).build();
        return unlessMissing(
                        () ->
                                call(
                                        "container " + id,
                                        () -> runtime(SHORT).containerStatus(request)))
                .map(found -> CriReading.status(found.getStatus()));
    }

    @Override
    public String createContainer(String sandboxId, ContainerConfig config, SandboxConfig sandbox) {
        var request =
                Cri.CreateContainerRequest.newBuilder()
                        .setPodSandboxId(sandboxId)
                        .setConfig(CriWriting.container(config))
                        .setSandboxConfig(CriWriting.sandbox(sandbox))
                        .build();
        return call(
                        "create container " + config.name(),
                        () -> runtime(LONG).createContainer(request))
                .getContainerId();
    }

    @Override
    public void startContainer(String id) {
        var request = Cri.StartContainerRequest.newBuilder().setContainerId(id).build();
        call("start container " + id, () -> runtime(LONG).startContainer(request));
    }

    @Override
    public void stopContainer(String id, Duration grace) {
        var request =
                Cri.StopContainerRequest.newBuilder()
                        .setContainerId(id)
                        .setTimeout(grace.toSeconds())
                        .build();
        Duration limit = LONG.plus(grace);
        unlessMissing(
                () -> call("stop container " + id, () -> runtime(limit).stopContainer(request)));
    }

    @Override
    public void removeContainer(String id) {
        var request = Cri.RemoveContainerRequest.newBuilder().setContainerId(id).build();
        unlessMissing(
                () -> call("remove container " + id, () -> runtime(LONG).removeContainer(request)));
    }

    @Override
    public void updateResources(String id, LinuxResources resources) {
        var request =
                Cri.UpdateContainerResourcesRequest.newBuilder()
                        .setContainerId(id)
                        .setLinux(CriWriting.resources(resources))
                        .build();
        call("update resources of " + id, () -> runtime(LONG).updateContainerResources(request));
    }

    @Override
    public void reopenLog(String id) {
        var request = Cri.ReopenContainerLogRequest.newBuilder().setContainerId(id).build();
        call("reopen log of " + id, () -> runtime(SHORT).reopenContainerLog(request));
    }

    @Override
    public ExecResult exec(String id, List<String> command, Duration limit) {
        long seconds = Math.max(1, limit.toSeconds());
        var request =
                Cri.ExecSyncRequest.newBuilder()
                        .setContainerId(id)
                        .addAllCmd(command)
                        .setTimeout(seconds)
                        .build();
        // The runtime kills the command at its limit; our own deadline only guards against its
        // silence.
        Duration guard = Duration.ofSeconds(seconds + 5);
        var found = call("exec in " + id, () -> runtime(guard).execSync(request));
        return new ExecResult(
                found.getExitCode(),
                found.getStdout().toByteArray(),
                found.getStderr().toByteArray());
    }

    @Override
    public String execUrl(String id, List<String> command, StreamOptions options) {
        var request =
                Cri.ExecRequest.newBuilder()
                        .setContainerId(id)
                        .addAllCmd(command)
                        .setTty(options.isTty())
                        .setStdin(options.stdin())
                        .setStdout(options.stdout())
                        .setStderr(options.stderr())
                        .build();
        return call("exec in " + id, () -> runtime(SHORT).exec(request)).getUrl();
    }

    @Override
    public String attachUrl(String id, StreamOptions options) {
        var request =
                Cri.AttachRequest.newBuilder()
                        .setContainerId(id)
                        .setTty(options.isTty())
                        .setStdin(options.stdin())
                        .setStdout(options.stdout())
                        .setStderr(options.stderr())
                        .build();
        return call("attach to " + id, () -> runtime(SHORT).attach(request)).getUrl();
    }

    @Override
    public String portForwardUrl(String sandboxId, List<Integer> ports) {
        var request =
                Cri.PortForwardRequest.newBuilder()
                        .setPodSandboxId(sandboxId)
                        .addAllPort(ports)
                        .build();
        return call("port-forward to " + sandboxId, () -> runtime(SHORT).portForward(request))
                .getUrl();
    }

    @Override
    public List<Image> images() {
        var request = Cri.ListImagesRequest.getDefaultInstance();
        return call("list images", () -> images(SHORT).listImages(request)).getImagesList().stream()
                .map(CriReading::image)
                .toList();
    }

    @Override
    public Optional<Image> image(String name) {
        var request =
                Cri.ImageStatusRequest.newBuilder().setImage(CriWriting.imageSpec(name)).build();
        var found = call("image " + name, () -> images(SHORT).imageStatus(request));
        return found.hasImage()
                ? Optional.of(CriReading.image(found.getImage()))
                : Optional.empty();
    }

    @Override
    public String pullImage(String name, Optional<RegistryCredentials> credentials) {
        var request = Cri.PullImageRequest.newBuilder().setImage(CriWriting.imageSpec(name));
        credentials.ifPresent(found -> request.setAuth(CriWriting.credentials(found)));
        return call("pull image " + name, () -> images(PULL).pullImage(request.build()))
                .getImageRef();
    }

    @Override
    public void removeImage(String id) {
        var request =
                Cri.RemoveImageRequest.newBuilder().setImage(CriWriting.imageSpec(id)).build();
        call("remove image " + id, () -> images(LONG).removeImage(request));
    }

    @Override
    public ImageFilesystem imageFilesystem() {
        var request = Cri.ImageFsInfoRequest.getDefaultInstance();
        var found = call("image filesystem", () -> images(SHORT).imageFsInfo(request));
        return CriReading.imageFilesystem(found);
    }

    @Override
    public List<ContainerStats> containerStats() {
        var request = Cri.ListContainerStatsRequest.getDefaultInstance();
        return call("container stats", () -> runtime(SHORT).listContainerStats(request))
                .getStatsList()
                .stream()
                .map(CriReading::containerStats)
                .toList();
    }

    @Override
    public List<SandboxStats> sandboxStats() {
        var request = Cri.ListPodSandboxStatsRequest.getDefaultInstance();
        return call("sandbox stats", () -> runtime(SHORT).listPodSandboxStats(request))
                .getStatsList()
                .stream()
                .map(CriReading::sandboxStats)
                .toList();
    }

    @Override
    public void followEvents(Consumer<ContainerEvent> listener) throws InterruptedException {
        try {
            Iterator<Cri.ContainerEventResponse> events =
                    runtime.getContainerEvents(Cri.GetEventsRequest.getDefaultInstance());
            while (events.hasNext()) {
                listener.accept(CriReading.event(events.next()));
            }
        } catch (StatusRuntimeException fault) {
            if (Thread.interrupted()) {
                throw new InterruptedException("no longer following events");
            }
            throw fault("container events", fault);
        }
    }

    private RuntimeServiceGrpc.RuntimeServiceBlockingStub runtime(Duration limit) {
        return runtime.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ImageServiceGrpc.ImageServiceBlockingStub images(Duration limit) {
        return images.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> T call(String what, Supplier<T> remote) {
        try {
            return remote.get();
        } catch (StatusRuntimeException fault) {
            throw fault(what, fault);
        }
    }

    private static <T> Optional<T> unlessMissing(Supplier<T> remote) {
        try {
            return Optional.of(remote.get());
        } catch (RuntimeFault fault) {
            if (fault.kind() == Kind.MISSING) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    /** A runtime that was away is tried again at the next call, not after gRPC's own back-off. */
    private RuntimeFault fault(String what, StatusRuntimeException fault) {
        Status status = fault.getStatus();
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            channel.retryNow();
        }
        Kind kind =
                switch (status.getCode()) {
                    case NOT_FOUND -> Kind.MISSING;
                    case DEADLINE_EXCEEDED -> Kind.DEADLINE;
                    case UNAVAILABLE -> Kind.UNREACHABLE;
                    default -> Kind.OTHER;
                };
        String said =
                status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return new RuntimeFault(kind, what, said, fault);
    }
}
