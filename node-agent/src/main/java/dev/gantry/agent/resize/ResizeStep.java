package dev.gantry.agent.resize;

import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.spec.ContainerSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One thing to write on the way from what a pod's cgroups hold to what they shall. */
public sealed interface ResizeStep {
    /** Of the pod's own cgroup. */
    record OfPod(PodLimits.Value value, long amount) implements ResizeStep {}

    record OfContainer(ContainerSpec container, String id, LinuxResources resources)
            implements ResizeStep {}

    /**
     * First memory, then cpu; of each, what grows for the pod, then the containers, those that
     * shrink first, then what shrinks for the pod. So no container is held by a limit of the pod
     * that is below its own.
     *
     * <p>Compat: {@code doPodResizeAction} of {@code pkg/kubelet/kuberuntime}; like there, a limit
     * of the pod that is no more asked for stays.
     *
     * <p>Example: a pod grows from 100Mi to 150Mi, its container a from 60Mi to 40Mi and b from
     * 40Mi to 110Mi: pod 150Mi, a 40Mi, b 110Mi.
     */
    static List<ResizeStep> of(PodLimits has, PodLimits wants, List<ResourceChange> changes) {
        List<ResizeStep> steps = new ArrayList<>();
        addMemory(steps, new Pod(has, wants), changes);
        addCpu(steps, new Pod(has, wants), changes);
        return steps;
    }

    private static void addMemory(List<ResizeStep> steps, Pod pod, List<ResourceChange> changes) {
        pod.grow(steps, PodLimits.Value.MEMORY_LIMIT);
        changes.stream()
                .filter(ResourceChange::isOfMemory)
                .sorted(Comparator.comparing(each -> !each.lowersMemory()))
                .map(
                        each ->
                                new OfContainer(
                                        each.container(),
                                        each.id(),
                                        each.has()
                                                .withMemoryLimit(each.wants().memoryLimitBytes())))
                .forEach(steps::add);
        pod.shrink(steps, PodLimits.Value.MEMORY_LIMIT);
    }

    private static void addCpu(List<ResizeStep> steps, Pod pod, List<ResourceChange> changes) {
        pod.grow(steps, PodLimits.Value.CPU_QUOTA);
        pod.grow(steps, PodLimits.Value.CPU_SHARES);
        changes.stream()
                .filter(ResourceChange::isOfCpu)
                .sorted(Comparator.comparing(each -> !each.lowersCpu()))
                .map(each -> new OfContainer(each.container(), each.id(), each.wants()))
                .forEach(steps::add);
        pod.shrink(steps, PodLimits.Value.CPU_SHARES);
        pod.shrink(steps, PodLimits.Value.CPU_QUOTA);
    }

    /** The pod's own cgroup, before and after. */
    record Pod(PodLimits has, PodLimits wants) {
        void grow(List<ResizeStep> steps, PodLimits.Value value) {
            if (isAskedFor(value) && wants.get(value) > has.get(value)) {
                steps.add(new OfPod(value, wants.get(value)));
            }
        }

        void shrink(List<ResizeStep> steps, PodLimits.Value value) {
            if (isAskedFor(value) && wants.get(value) < has.get(value)) {
                steps.add(new OfPod(value, wants.get(value)));
            }
        }

        private boolean isAskedFor(PodLimits.Value value) {
            return wants.get(value) != PodLimits.UNLIMITED;
        }
    }
}
