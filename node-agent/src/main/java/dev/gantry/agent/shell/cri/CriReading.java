package dev.gantry.agent.shell.cri;

import dev.gantry.agent.runtime.CgroupDriver;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.ImageFilesystem;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.agent.runtime.RuntimeStatus;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerEvent;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.ProcessUser;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.runtime.sandbox.SandboxName;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.agent.shell.cri.v1.Cri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** CRI messages as our values. */
final class CriReading {
    private CriReading() {}

    static RuntimeStatus status(Cri.StatusResponse found) {
        var health =
                new RuntimeHealth(
                        problem(found.getStatus(), "RuntimeReady"),
                        problem(found.getStatus(), "NetworkReady"));
        return new RuntimeStatus(health, features(found));
    }

    private static RuntimeFeatures features(Cri.StatusResponse found) {
        SortedMap<String, HandlerFeatures> handlers = new TreeMap<>();
        for (Cri.RuntimeHandler each : found.getRuntimeHandlersList()) {
            handlers.put(
                    each.getName(),
                    new HandlerFeatures(
                            each.getFeatures().getRecursiveReadOnlyMounts(),
                            each.getFeatures().getUserNamespaces()));
        }
        return new RuntimeFeatures(
                handlers,
                found.hasFeatures()
                        ? Optional.of(found.getFeatures().getSupplementalGroupsPolicy())
                        : Optional.empty());
    }

    /** A driver of which this agent does not know is none that it could follow. */
    static Optional<CgroupDriver> driver(Cri.RuntimeConfigResponse found) {
        if (!found.hasLinux()) {
            return Optional.empty();
        }
        boolean isCgroupfs = found.getLinux().getCgroupDriver() == Cri.CgroupDriver.CGROUPFS;
        return Optional.of(isCgroupfs ? CgroupDriver.CGROUPFS : CgroupDriver.SYSTEMD);
    }

    /** Compat: a condition in words as kubelet's {@code RuntimeCondition.String}. */
    private static Optional<String> problem(Cri.RuntimeStatus status, String type) {
        for (Cri.RuntimeCondition each : status.getConditionsList()) {
            if (each.getType().equals(type)) {
                return each.getStatus()
                        ? Optional.empty()
                        : Optional.of(
                                "%s=false reason:%s message:%s"
                                        .formatted(type, each.getReason(), each.getMessage()));
            }
        }
        return Optional.of("the runtime says nothing of " + type);
    }

    static PodSandbox sandbox(Cri.PodSandbox found) {
        return new PodSandbox(
                found.getId(),
                name(found.getMetadata()),
                found.getState() == Cri.PodSandboxState.SANDBOX_READY,
                nanos(found.getCreatedAt()),
                List.of(),
                found.getRuntimeHandler(),
                sorted(found.getLabelsMap()),
                sorted(found.getAnnotationsMap()));
    }

    static PodSandbox sandbox(Cri.PodSandboxStatus found) {
        List<String> ips = new ArrayList<>();
        if (!found.getNetwork().getIp().isEmpty()) {
            ips.add(found.getNetwork().getIp());
        }
        found.getNetwork().getAdditionalIpsList().forEach(each -> ips.add(each.getIp()));
        return new PodSandbox(
                found.getId(),
                name(found.getMetadata()),
                found.getState() == Cri.PodSandboxState.SANDBOX_READY,
                nanos(found.getCreatedAt()),
                ips,
                found.getRuntimeHandler(),
                sorted(found.getLabelsMap()),
                sorted(found.getAnnotationsMap()));
    }

    static ContainerEntry entry(Cri.Container found) {
        return new ContainerEntry(
                found.getId(),
                found.getPodSandboxId(),
                found.getMetadata().getName(),
                found.getMetadata().getAttempt(),
                state(found.getState()),
                nanos(found.getCreatedAt()),
                found.getImageRef(),
                sorted(found.getLabelsMap()),
                sorted(found.getAnnotationsMap()));
    }

    static ContainerStatus status(Cri.ContainerStatus found) {
        return new ContainerStatus(
                new ContainerStatus.Identity(
                        found.getId(),
                        found.getMetadata().getName(),
                        found.getMetadata().getAttempt()),
                state(found.getState()),
                times(found),
                new ContainerStatus.Exit(
                        found.getExitCode(), found.getReason(), found.getMessage()),
                new ImageUse(found.getImage().getImage(), found.getImageRef()),
                found.getResources().hasLinux()
                        ? Optional.of(resources(found.getResources().getLinux()))
                        : Optional.empty(),
                user(found.getUser()),
                found.getLogPath(),
                sorted(found.getLabelsMap()),
                sorted(found.getAnnotationsMap()));
    }

    private static Optional<ProcessUser> user(Cri.ContainerUser found) {
        Cri.LinuxContainerUser linux = found.getLinux();
        return found.hasLinux()
                ? Optional.of(
                        new ProcessUser(
                                linux.getUid(),
                                linux.getGid(),
                                List.copyOf(linux.getSupplementalGroupsList())))
                : Optional.empty();
    }

    /**
     * containerd notes a start when it has heard of it, and an end when the kernel told it: under
     * load, what ends at once has ended before its start. Told is an end at the start.
     */
    private static ContainerStatus.Times times(Cri.ContainerStatus found) {
        boolean hasEnded = found.getFinishedAt() > 0;
        return new ContainerStatus.Times(
                nanos(found.getCreatedAt()),
                nanos(found.getStartedAt()),
                nanos(
                        hasEnded
                                ? Math.max(found.getStartedAt(), found.getFinishedAt())
                                : found.getFinishedAt()));
    }

    static Image image(Cri.Image found) {
        return new Image(
                found.getId(),
                List.copyOf(found.getRepoTagsList()),
                List.copyOf(found.getRepoDigestsList()),
                found.getSize(),
                found.hasUid() ? found.getUid().getValue() : null,
                found.getUsername(),
                found.getPinned());
    }

    static ImageFilesystem imageFilesystem(Cri.ImageFsInfoResponse found) {
        if (found.getImageFilesystemsCount() == 0) {
            return new ImageFilesystem("", 0, 0);
        }
        Cri.FilesystemUsage first = found.getImageFilesystems(0);
        return new ImageFilesystem(
                first.getFsId().getMountpoint(),
                first.getUsedBytes().getValue(),
                first.getInodesUsed().getValue());
    }

    static ContainerStats containerStats(Cri.ContainerStats found) {
        return new ContainerStats(
                found.getAttributes().getId(),
                found.getAttributes().getMetadata().getName(),
                nanos(found.getCpu().getTimestamp()),
                found.getCpu().getUsageCoreNanoSeconds().getValue(),
                found.getMemory().getWorkingSetBytes().getValue(),
                found.getMemory().getUsageBytes().getValue(),
                found.getMemory().getRssBytes().getValue(),
                found.getWritableLayer().getUsedBytes().getValue(),
                sorted(found.getAttributes().getLabelsMap()));
    }

    static SandboxStats sandboxStats(Cri.PodSandboxStats found) {
        Cri.LinuxPodSandboxStats linux = found.getLinux();
        return new SandboxStats(
                found.getAttributes().getId(),
                name(found.getAttributes().getMetadata()),
                nanos(linux.getCpu().getTimestamp()),
                linux.getCpu().getUsageCoreNanoSeconds().getValue(),
                linux.getMemory().getWorkingSetBytes().getValue(),
                linux.getNetwork().getDefaultInterface().getName(),
                linux.getNetwork().getDefaultInterface().getRxBytes().getValue(),
                linux.getNetwork().getDefaultInterface().getTxBytes().getValue());
    }

    static ContainerEvent event(Cri.ContainerEventResponse found) {
        ContainerEvent.Type type =
                switch (found.getContainerEventType()) {
                    case CONTAINER_CREATED_EVENT -> ContainerEvent.Type.CREATED;
                    case CONTAINER_STARTED_EVENT -> ContainerEvent.Type.STARTED;
                    case CONTAINER_DELETED_EVENT -> ContainerEvent.Type.DELETED;
                    case CONTAINER_STOPPED_EVENT, UNRECOGNIZED -> ContainerEvent.Type.STOPPED;
                };
        return new ContainerEvent(
                found.getContainerId(), type, found.getPodSandboxStatus().getMetadata().getUid());
    }

    private static SandboxName name(Cri.PodSandboxMetadata found) {
        return new SandboxName(
                found.getName(), found.getNamespace(), found.getUid(), found.getAttempt());
    }

    private static LinuxResources resources(Cri.LinuxContainerResources found) {
        return new LinuxResources(
                found.getCpuPeriod(),
                Math.max(0, found.getCpuQuota()),
                found.getCpuShares(),
                Math.max(0, found.getMemoryLimitInBytes()),
                (int) found.getOomScoreAdj());
    }

    private static ContainerState state(Cri.ContainerState found) {
        return switch (found) {
            case CONTAINER_CREATED -> ContainerState.CREATED;
            case CONTAINER_RUNNING -> ContainerState.RUNNING;
            case CONTAINER_EXITED -> ContainerState.EXITED;
            case CONTAINER_UNKNOWN, UNRECOGNIZED -> ContainerState.UNKNOWN;
        };
    }

    private static Instant nanos(long sinceEpoch) {
        return Instant.ofEpochSecond(0, sinceEpoch);
    }

    private static SortedMap<String, String> sorted(Map<String, String> found) {
        return new TreeMap<>(found);
    }
}
