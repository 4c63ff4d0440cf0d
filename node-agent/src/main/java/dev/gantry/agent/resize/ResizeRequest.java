package dev.gantry.agent.resize;

import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.pod.QosClass;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A pod that asks for other resources than it was allocated.
 *
 * @param allocated the same pod with what it has
 * @param waitsSince empty where it was not judged yet
 */
public record ResizeRequest(PodSpec asking, PodSpec allocated, Optional<Instant> waitsSince) {
    /**
     * Who is judged first: one that takes no more than it has, then by priority, then Guaranteed
     * ones, then the one that has waited longest.
     *
     * <p>Compat: {@code sortPendingResizes} of {@code pkg/kubelet/allocation}.
     */
    public static final Comparator<ResizeRequest> ORDER =
            Comparator.comparing(ResizeRequest::asksForMore)
                    .thenComparing(Comparator.comparing(ResizeRequest::priority).reversed())
                    .thenComparing(each -> each.asking.qosClass() != QosClass.GUARANTEED)
                    .thenComparing(each -> each.waitsSince.orElse(Instant.MAX))
                    .thenComparing(each -> each.asking.uid().value());

    private boolean asksForMore() {
        SortedMap<String, Quantity> wants = PodResources.requests(asking.spec());
        SortedMap<String, Quantity> has = PodResources.requests(allocated.spec());
        return isMore(wants, has, "cpu") || isMore(wants, has, "memory");
    }

    private static boolean isMore(
            SortedMap<String, Quantity> wants, SortedMap<String, Quantity> has, String resource) {
        Quantity wanted = wants.getOrDefault(resource, Quantity.ZERO);
        return wanted.compareTo(has.getOrDefault(resource, Quantity.ZERO)) > 0;
    }

    private long priority() {
        return asking.spec().path("priority").asLong(0);
    }
}
