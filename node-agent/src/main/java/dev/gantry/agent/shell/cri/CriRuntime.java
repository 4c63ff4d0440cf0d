package dev.gantry.agent.shell.cri;

import dev.gantry.agent.runtime.CgroupDriver;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.ExecResult;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.ImageFilesystem;
import dev.gantry.agent.runtime.RegistryCredentials;
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
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@link ContainerRuntime} over CRI. */
public final class CriRuntime implements ContainerRuntime {
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration PULL = Duration.ofMinutes(15);

    private final CriCalls calls;

    public CriRuntime(CriChannel channel) {
        this.calls = new CriCalls(channel);
    }

    @Override
    public RuntimeVersion version() {
        var request = Cri.VersionRequest.getDefaultInstance();
        var found = calls.runtime("version", SHORT, cri -> cri.version(request));
        return new RuntimeVersion(found.getRuntimeName(), found.getRuntimeVersion());
    }

    @Override
    public RuntimeStatus status() {
        var request = Cri.StatusRequest.getDefaultInstance();
        return CriReading.status(
                calls.<Cri.StatusResponse>runtime("status", SHORT, cri -> cri.status(request)));
    }

    /** Compat: containerd answers this from version 2.0 on. */
    @Override
    public Optional<CgroupDriver> cgroupDriver() {
        var request = Cri.RuntimeConfigRequest.getDefaultInstance();
        return CriCalls.ifImplemented(
                        () ->
                                calls.runtime(
                                        "runtime config", SHORT, cri -> cri.runtimeConfig(request)))
                .flatMap(CriReading::driver);
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
        return calls
                .runtime("list sandboxes", SHORT, cri -> cri.listPodSandbox(request))
                .getItemsList()
                .stream()
                .map(CriReading::sandbox)
                .toList();
    }

    @Override
    public Optional<PodSandbox> sandbox(String id) {
        var request = Cri.PodSandboxStatusRequest.newBuilder().setPodSandboxId(id).build();
        return CriCalls.unlessMissing(
                        () ->
                                calls.runtime(
                                        "sandbox " + id,
                                        SHORT,
                                        cri -> cri.podSandboxStatus(request)))
                .map(found -> CriReading.sandbox(found.getStatus()));
    }

    @Override
    public String runSandbox(SandboxConfig config, String handler) {
        var request =
                Cri.RunPodSandboxRequest.newBuilder()
                        .setConfig(CriWriting.sandbox(config))
                        .setRuntimeHandler(handler)
                        .build();
        return calls.runtime("run sandbox", LONG, cri -> cri.runPodSandbox(request))
                .getPodSandboxId();
    }

    @Override
    public void stopSandbox(String id) {
        var request = Cri.StopPodSandboxRequest.newBuilder().setPodSandboxId(id).build();
        CriCalls.unlessMissing(
                () ->
                        calls.runtime(
                                "stop sandbox " + id, LONG, cri -> cri.stopPodSandbox(request)));
    }

    @Override
    public void removeSandbox(String id) {
        var request = Cri.RemovePodSandboxRequest.newBuilder().setPodSandboxId(id).build();
        CriCalls.unlessMissing(
                () ->
                        calls.runtime(
                                "remove sandbox " + id,
                                LONG,
                                cri -> cri.removePodSandbox(request)));
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
        return calls
                .runtime("list containers", SHORT, cri -> cri.listContainers(request))
                .getContainersList()
                .stream()
                .map(CriReading::entry)
                .toList();
    }

    @Override
    public Optional<ContainerStatus> container(String id) {
        var request = Cri.ContainerStatusRequest.newBuilder().setContainerId(id).build();
        return CriCalls.unlessMissing(
                        () ->
                                calls.runtime(
                                        "container " + id,
                                        SHORT,
                                        cri -> cri.containerStatus(request)))
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
        return calls.runtime(
                        "create container " + config.name(),
                        LONG,
                        cri -> cri.createContainer(request))
                .getContainerId();
    }

    @Override
    public void startContainer(String id) {
        var request = Cri.StartContainerRequest.newBuilder().setContainerId(id).build();
        calls.runtime("start container " + id, LONG, cri -> cri.startContainer(request));
    }

    @Override
    public void stopContainer(String id, Duration grace) {
        var request =
                Cri.StopContainerRequest.newBuilder()
                        .setContainerId(id)
                        .setTimeout(grace.toSeconds())
                        .build();
        Duration limit = LONG.plus(grace);
        CriCalls.unlessMissing(
                () ->
                        calls.runtime(
                                "stop container " + id, limit, cri -> cri.stopContainer(request)));
    }

    @Override
    public void removeContainer(String id) {
        var request = Cri.RemoveContainerRequest.newBuilder().setContainerId(id).build();
        CriCalls.unlessMissing(
                () ->
                        calls.runtime(
                                "remove container " + id,
                                LONG,
                                cri -> cri.removeContainer(request)));
    }

    @Override
    public void updateResources(String id, LinuxResources resources) {
        var request =
                Cri.UpdateContainerResourcesRequest.newBuilder()
                        .setContainerId(id)
                        .setLinux(CriWriting.resources(resources))
                        .build();
        calls.runtime(
                "update resources of " + id, LONG, cri -> cri.updateContainerResources(request));
    }

    @Override
    public void reopenLog(String id) {
        var request = Cri.ReopenContainerLogRequest.newBuilder().setContainerId(id).build();
        calls.runtime("reopen log of " + id, SHORT, cri -> cri.reopenContainerLog(request));
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
        var found = calls.runtime("exec in " + id, guard, cri -> cri.execSync(request));
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
        return calls.runtime("exec in " + id, SHORT, cri -> cri.exec(request)).getUrl();
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
        return calls.runtime("attach to " + id, SHORT, cri -> cri.attach(request)).getUrl();
    }

    @Override
    public String portForwardUrl(String sandboxId, List<Integer> ports) {
        var request =
                Cri.PortForwardRequest.newBuilder()
                        .setPodSandboxId(sandboxId)
                        .addAllPort(ports)
                        .build();
        return calls.runtime("port-forward to " + sandboxId, SHORT, cri -> cri.portForward(request))
                .getUrl();
    }

    @Override
    public List<Image> images() {
        var request = Cri.ListImagesRequest.getDefaultInstance();
        return calls
                .images("list images", SHORT, cri -> cri.listImages(request))
                .getImagesList()
                .stream()
                .map(CriReading::image)
                .toList();
    }

    @Override
    public Optional<Image> image(String name) {
        var request =
                Cri.ImageStatusRequest.newBuilder().setImage(CriWriting.imageSpec(name)).build();
        var found = calls.images("image " + name, SHORT, cri -> cri.imageStatus(request));
        return found.hasImage()
                ? Optional.of(CriReading.image(found.getImage()))
                : Optional.empty();
    }

    @Override
    public String pullImage(String name, Optional<RegistryCredentials> credentials) {
        var request = Cri.PullImageRequest.newBuilder().setImage(CriWriting.imageSpec(name));
        credentials.ifPresent(found -> request.setAuth(CriWriting.credentials(found)));
        return calls.images("pull image " + name, PULL, cri -> cri.pullImage(request.build()))
                .getImageRef();
    }

    @Override
    public void removeImage(String id) {
        var request =
                Cri.RemoveImageRequest.newBuilder().setImage(CriWriting.imageSpec(id)).build();
        calls.images("remove image " + id, LONG, cri -> cri.removeImage(request));
    }

    @Override
    public ImageFilesystem imageFilesystem() {
        var request = Cri.ImageFsInfoRequest.getDefaultInstance();
        var found = calls.images("image filesystem", SHORT, cri -> cri.imageFsInfo(request));
        return CriReading.imageFilesystem(found);
    }

    @Override
    public List<ContainerStats> containerStats() {
        var request = Cri.ListContainerStatsRequest.getDefaultInstance();
        return calls
                .runtime("container stats", SHORT, cri -> cri.listContainerStats(request))
                .getStatsList()
                .stream()
                .map(CriReading::containerStats)
                .toList();
    }

    @Override
    public List<SandboxStats> sandboxStats() {
        var request = Cri.ListPodSandboxStatsRequest.getDefaultInstance();
        return calls
                .runtime("sandbox stats", SHORT, cri -> cri.listPodSandboxStats(request))
                .getStatsList()
                .stream()
                .map(CriReading::sandboxStats)
                .toList();
    }

    @Override
    public void followEvents(Consumer<ContainerEvent> listener) throws InterruptedException {
        calls.follow(
                "container events",
                cri -> {
                    Iterator<Cri.ContainerEventResponse> events =
                            cri.getContainerEvents(Cri.GetEventsRequest.getDefaultInstance());
                    events.forEachRemaining(each -> listener.accept(CriReading.event(each)));
                });
    }
}
