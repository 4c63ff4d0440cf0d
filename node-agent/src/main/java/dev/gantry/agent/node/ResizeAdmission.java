package dev.gantry.agent.node;

import dev.gantry.agent.pod.PodResize.Pending;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Whether a pod of this node may have the resources that it asks for now.
 *
 * <p>Compat: {@code canResizePod} of {@code pkg/kubelet/allocation}, messages included.
 */
public final class ResizeAdmission {
    private ResizeAdmission() {}

    /**
     * Why it must wait; empty where it need not.
     *
     * @param others with what they were allocated
     */
    public static Optional<Pending> obstacle(
            PodSpec asking,
            List<PodSpec> others,
            SortedMap<String, Quantity> allocatable,
            Instant now) {
        long generation = asking.pod().generation();
        Optional<String> never = tooMuch(asking, allocatable);
        if (never.isPresent()) {
            return Optional.of(new Pending(Pending.INFEASIBLE, never.get(), generation, now));
        }
        return PodAdmission.misfit(asking, others, allocatable)
                .map(why -> new Pending(Pending.DEFERRED, why.message(), generation, now));
    }

    private static Optional<String> tooMuch(
            PodSpec asking, SortedMap<String, Quantity> allocatable) {
        SortedMap<String, Quantity> requests = PodResources.requests(asking.spec());
        for (String each : List.of("memory", "cpu")) {
            Quantity wanted = requests.getOrDefault(each, Quantity.ZERO);
            Quantity capacity = allocatable.getOrDefault(each, Quantity.ZERO);
            if (wanted.compareTo(capacity) > 0) {
                return Optional.of(
                        "Node didn't have enough capacity: %s, requested: %d, capacity: %d"
                                .formatted(
                                        each,
                                        PodAdmission.number(wanted, each),
                                        PodAdmission.number(capacity, each)));
            }
        }
        return Optional.empty();
    }
}
