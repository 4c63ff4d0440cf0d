package dev.gantry.agent.resize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether limits of memory may be lowered now: below what is used, the kernel would kill.
 *
 * <p>Compat: messages of {@code validateMemoryResizeAction} of {@code pkg/kubelet/kuberuntime}.
 *
 * @param changes of containers that run on
 */
public record MemoryDecrease(PodLimits has, PodLimits wants, List<ResourceChange> changes) {
    public boolean isOne() {
        return lowersPod() || changes.stream().anyMatch(ResourceChange::lowersMemory);
    }

    /**
     * Empty where nothing speaks against it. What is not known does not.
     *
     * @param podBytes what the whole pod uses
     * @param containerBytes by id
     */
    public Optional<String> problem(long podBytes, Map<String, Long> containerBytes) {
        List<String> problems = new ArrayList<>();
        if (lowersPod() && podBytes >= wants.memoryLimitBytes()) {
            problems.add(words("pod", wants.memoryLimitBytes(), podBytes));
        }
        for (ResourceChange each : changes) {
            long used = containerBytes.getOrDefault(each.id(), 0L);
            long limit = each.wants().memoryLimitBytes();
            if (each.lowersMemory() && used >= limit) {
                String name = "container \"%s\"".formatted(each.container().name());
                problems.add(words(name, limit, used));
            }
        }
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of("cannot decrease memory limits: " + joined(problems));
    }

    private boolean lowersPod() {
        return wants.memoryLimitBytes() < has.memoryLimitBytes();
    }

    private static String words(String what, long limit, long used) {
        return "attempting to set %s memory limit (%d) below current usage (%d)"
                .formatted(what, limit, used);
    }

    private static String joined(List<String> problems) {
        return problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]";
    }
}
