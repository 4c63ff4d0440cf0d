package dev.gantry.client.controller;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.plan.Action;
import java.util.Optional;

/** Type, reason and message of an Event about the object of a key. */
public record EventText(boolean isWarning, String reason, String message) {
    public static EventText normal(String reason, String message) {
        return new EventText(false, reason, message);
    }

    public static EventText warning(String reason, String message) {
        return new EventText(true, reason, message);
    }

    /** Empty where the object is gone: there is nothing to say anything about. */
    public Optional<Action.RecordEvent> about(ObjectKey key, ClusterReader cluster) {
        return cluster.get(key)
                .map(
                        object ->
                                new Action.RecordEvent(
                                        key.resource(), object, isWarning, reason, message));
    }
}
