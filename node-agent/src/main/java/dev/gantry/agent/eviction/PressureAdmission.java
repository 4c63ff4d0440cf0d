package dev.gantry.agent.eviction;

import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.pod.QosClass;
import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a node that runs short takes on one more pod.
 *
 * <p>Compat: {@code Admit} of kubelet's eviction manager. Critical pods are always admitted; while
 * only memory is short, so are pods that request memory and pods that tolerate the pressure's
 * taint.
 */
public final class PressureAdmission {
    /** Compat: {@code scheduling.SystemCriticalPriority}. */
    private static final int SYSTEM_CRITICAL = 2_000_000_000;

    private static final Taint SHORT_OF_MEMORY =
            new Taint("node.kubernetes.io/memory-pressure", "", Taint.NO_SCHEDULE);

    private PressureAdmission() {}

    public static Optional<PodFailure> refusal(PodSpec pod, Pressure pressure) {
        List<String> conditions = conditions(pressure);
        if (conditions.isEmpty() || isCritical(pod)) {
            return Optional.empty();
        }
        boolean isOnlyMemory = pressure.onMemory() && conditions.size() == 1;
        if (isOnlyMemory && (isSparing(pod) || toleratesShortage(pod))) {
            return Optional.empty();
        }
        String message = "The node had condition: [%s]. ".formatted(String.join(" ", conditions));
        return Optional.of(PodFailure.refusal(PodFailure.EVICTED, message));
    }

    /** Whether the node cannot do without it. */
    public static boolean isCritical(PodSpec pod) {
        return pod.spec().path("priority").asInt(0) >= SYSTEM_CRITICAL;
    }

    private static boolean isSparing(PodSpec pod) {
        return pod.qosClass() != QosClass.BEST_EFFORT;
    }

    private static boolean toleratesShortage(PodSpec pod) {
        return Toleration.listOf(pod.spec().path("tolerations")).stream()
                .anyMatch(each -> each.tolerates(SHORT_OF_MEMORY));
    }

    private static List<String> conditions(Pressure pressure) {
        List<String> found = new ArrayList<>();
        if (pressure.onMemory()) {
            found.add("MemoryPressure");
        }
        if (pressure.onDisk()) {
            found.add("DiskPressure");
        }
        if (pressure.onPids()) {
            found.add("PIDPressure");
        }
        return found;
    }
}
