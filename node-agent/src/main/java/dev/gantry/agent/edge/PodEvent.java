package dev.gantry.agent.edge;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;

/**
 * Something that happened to a pod.
 *
 * @param fieldPath the container it is about; empty for the pod as a whole
 */
public record PodEvent(
        PodSpec pod, String fieldPath, boolean isWarning, String reason, String message) {
    public static PodEvent normal(PodSpec pod, ContainerSpec about, String reason, String message) {
        return new PodEvent(pod, about.fieldPath(), false, reason, message);
    }

    public static PodEvent warning(
            PodSpec pod, ContainerSpec about, String reason, String message) {
        return new PodEvent(pod, about.fieldPath(), true, reason, message);
    }

    public static PodEvent warning(PodSpec pod, String reason, String message) {
        return new PodEvent(pod, "", true, reason, message);
    }
}
