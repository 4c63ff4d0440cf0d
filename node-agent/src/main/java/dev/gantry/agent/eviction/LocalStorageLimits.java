package dev.gantry.agent.eviction;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pod holds more of the node's disk than it may.
 *
 * <p>Compat: {@code localStorageEviction} of kubelet's eviction manager, its order and its words. A
 * volume in memory is bounded by the kernel.
 */
public final class LocalStorageLimits {
    private static final String RESOURCE = "ephemeral-storage";

    private LocalStorageLimits() {}

    /**
     * What a pod has on the disk, in bytes.
     *
     * @param emptyDirs by the volume's name
     * @param containers by the container's name: what it wrote to its root, and its logs
     */
    public record Use(Map<String, Long> emptyDirs, Map<String, Long> containers) {
        public static final Use NONE = new Use(Map.of(), Map.of());

        public long total() {
            return sum(emptyDirs) + sum(containers);
        }

        private static long sum(Map<String, Long> parts) {
            return parts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The volumes that count. */
    public static List<VolumeSpec> emptyDirs(PodSpec pod) {
        return VolumeSpec.of(pod.spec()).stream()
                .filter(each -> each.type() == VolumeSpec.Type.EMPTY_DIR)
                .filter(each -> !Resource.text(each.source(), "medium").equals("Memory"))
                .toList();
    }

    /** Whether it is worth to look at what the pod has. */
    public static boolean isLimited(PodSpec pod) {
        return PodResources.limits(pod.spec()).containsKey(RESOURCE)
                || emptyDirs(pod).stream().anyMatch(each -> limit(each).isPresent());
    }

    /** Why it must go; empty where it need not. */
    public static Optional<String> excess(PodSpec pod, Use use) {
        for (VolumeSpec each : emptyDirs(pod)) {
            Optional<Quantity> limit = limit(each);
            if (isPassed(limit, use.emptyDirs().getOrDefault(each.name(), 0L))) {
                return Optional.of(
                        "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                                .formatted(each.name(), limit.orElseThrow()));
            }
        }
        Optional<Quantity> whole =
                Optional.ofNullable(PodResources.limits(pod.spec()).get(RESOURCE));
        if (isPassed(whole, use.total())) {
            return Optional.of(
                    "Pod ephemeral local storage usage exceeds the total limit of containers %s. "
                            .formatted(whole.orElseThrow()));
        }
        for (ContainerSpec each : pod.containers()) {
            Optional<Quantity> limit =
                    Optional.ofNullable(
                            PodResources.amounts(each.resources().path("limits")).get(RESOURCE));
            if (isPassed(limit, use.containers().getOrDefault(each.name(), 0L))) {
                return Optional.of(
                        "Container %s exceeded its local ephemeral storage limit \"%s\". "
                                .formatted(each.name(), limit.orElseThrow()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Quantity> limit(VolumeSpec emptyDir) {
        return Quantity.parse(emptyDir.source().path("sizeLimit").asString(""))
                .filter(each -> each.signum() > 0);
    }

    private static boolean isPassed(Optional<Quantity> limit, long bytes) {
        return limit.filter(each -> bytes > each.toLong()).isPresent();
    }
}
