package dev.gantry.client.event;

import dev.gantry.model.meta.Resource;

/**
 * Something that happened to an object.
 *
 * @param about the object; it has apiVersion and kind
 * @param component who noticed, such as {@code deployment-controller}
 * @param host the node it was noticed on; empty for components that have none
 * @param fieldPath the part of the object that it is about, such as {@code spec.containers{web}};
 *     empty for all of it
 */
public record Occurrence(
        Resource about,
        String component,
        String host,
        boolean isWarning,
        String reason,
        String message,
        String fieldPath) {
    public Occurrence(
            Resource about,
            String component,
            String host,
            boolean isWarning,
            String reason,
            String message) {
        this(about, component, host, isWarning, reason, message, "");
    }
}
