package dev.gantry.agent.eviction;

import dev.gantry.agent.eviction.EvictionPolicy.Victim;
import dev.gantry.agent.eviction.Measurements.Amount;
import dev.gantry.agent.eviction.Measurements.ContainerUsage;
import dev.gantry.agent.eviction.Measurements.PodUsage;
import dev.gantry.model.quantity.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A resource of which the node has less left than it must.
 *
 * @param signal as metrics call it
 * @param resource as messages call it
 * @param floor what must be left
 */
record Shortage(
        String signal,
        String resource,
        Quantity floor,
        Quantity available,
        Function<PodUsage, Amount> ofPod,
        Function<ContainerUsage, Amount> ofContainer) {
    private static final String LOW =
            "The node was low on resource: %s. Threshold quantity: %s, available: %s. ";
    private static final String LARGER =
            "Container %s was using %s, request is %s, has larger consumption of %s. ";

    Optional<Victim> victim(List<PodUsage> pods) {
        return pods.stream()
                .filter(each -> !each.isCritical())
                .min(ranking())
                .map(each -> new Victim(each.uid(), signal, message(each)));
    }

    private Comparator<PodUsage> ranking() {
        return Comparator.comparing((PodUsage each) -> excess(each) <= 0)
                .thenComparing(PodUsage::priority)
                .thenComparing(this::excess, Comparator.reverseOrder())
                .thenComparing(PodUsage::uid);
    }

    private long excess(PodUsage pod) {
        return ofPod.apply(pod).excessBytes();
    }

    private String message(PodUsage pod) {
        var text = new StringBuilder(LOW.formatted(resource, floor, available));
        for (ContainerUsage each : pod.containers()) {
            Amount amount = ofContainer.apply(each);
            if (amount.excessBytes() > 0) {
                Quantity used = Quantity.ofBytes(amount.usedBytes());
                text.append(LARGER.formatted(each.name(), used, amount.requested(), resource));
            }
        }
        return text.toString();
    }
}
