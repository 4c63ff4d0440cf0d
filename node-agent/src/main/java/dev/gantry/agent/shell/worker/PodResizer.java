package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.ResourceLimits;
import dev.gantry.agent.resize.MemoryDecrease;
import dev.gantry.agent.resize.PodLimits;
import dev.gantry.agent.resize.ResizeStep;
import dev.gantry.agent.resize.ResourceChange;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.spec.PodSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings the cgroups of a pod to what it was allocated, while its containers run. */
final class PodResizer {
    private final NodeParts parts;
    private final CgroupFiles cgroups = CgroupFiles.OF_MACHINE;

    PodResizer(NodeParts parts) {
        this.parts = parts;
    }

    /** Returns why it cannot be done now; empty once it is done. May be done again at any time. */
    Optional<String> resize(PodSpec pod, List<ResourceChange> changes) {
        String cgroup = PodCgroup.name(parts.node().cgroupRoot(), pod);
        PodLimits wants = PodLimits.of(pod);
        try {
            PodLimits has = cgroups.read(cgroup);
            Optional<String> problem = problem(cgroup, new MemoryDecrease(has, wants, changes));
            if (problem.isPresent()) {
                return problem;
            }
            for (ResizeStep each : ResizeStep.of(has, wants, changes)) {
                take(pod, cgroup, each);
            }
            return Optional.empty();
        } catch (RuntimeFault fault) {
            return Optional.of(fault.said());
        } catch (IOException fault) {
            return Optional.of("cgroup of the pod: " + fault.getMessage());
        }
    }

    /** Cost: nobody is asked for what is used unless a limit of memory is to be lowered. */
    private Optional<String> problem(String cgroup, MemoryDecrease decrease) throws IOException {
        if (!decrease.isOne()) {
            return Optional.empty();
        }
        Map<String, Long> used =
                parts.runtime().containerStats().stream()
                        .collect(
                                Collectors.toMap(
                                        ContainerStats::id, ContainerStats::memoryUsageBytes));
        return decrease.problem(cgroups.memoryUsage(cgroup), used);
    }

    private void take(PodSpec pod, String cgroup, ResizeStep step) throws IOException {
        switch (step) {
            case ResizeStep.OfPod own -> cgroups.write(cgroup, own.value(), own.amount());
            case ResizeStep.OfContainer container -> {
                LinuxResources wanted = container.resources();
                int oomScore =
                        ResourceLimits.of(pod, container.container(), parts.node().memoryBytes())
                                .oomScoreAdjust();
                parts.runtime()
                        .updateResources(
                                container.id(),
                                new LinuxResources(
                                        wanted.cpuPeriodMicros(),
                                        wanted.cpuQuotaMicros(),
                                        wanted.cpuShares(),
                                        wanted.memoryLimitBytes(),
                                        oomScore));
            }
        }
    }
}
