package dev.gantry.agent.spec;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/**
 * An image that a pod needs: of a container, or to be mounted as a volume.
 *
 * @param policy when it is pulled: {@code Always}, {@code IfNotPresent} or {@code Never}
 * @param fieldPath the container that events are about; empty for the pod as a whole
 */
public record WantedImage(String name, String policy, String fieldPath) {
    public static WantedImage of(ContainerSpec container) {
        String policy = Resource.text(container.tree(), "imagePullPolicy");
        return new WantedImage(
                container.image(), policy(policy, container.image()), container.fieldPath());
    }

    /**
     * @param source {@code image} of a volume
     */
    public static WantedImage ofVolume(JsonNode source) {
        String name = Resource.text(source, "reference");
        return new WantedImage(name, policy(Resource.text(source, "pullPolicy"), name), "");
    }

    /** Compat: IfNotPresent unless the tag is {@code latest} or missing. */
    private static String policy(String given, String name) {
        if (!given.isEmpty()) {
            return given;
        }
        String last = name.substring(name.lastIndexOf('/') + 1);
        boolean isLatest = !last.contains("@") && (!last.contains(":") || last.endsWith(":latest"));
        return isLatest ? "Always" : "IfNotPresent";
    }
}
