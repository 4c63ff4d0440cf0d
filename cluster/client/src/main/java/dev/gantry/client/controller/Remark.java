package dev.gantry.client.controller;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.plan.Action;
import java.util.Optional;

/** What a controller has to say to people about the object of a key. */
public record Remark(boolean isWarning, String reason, String message) {
    public static Remark normal(String reason, String message) {
        return new Remark(false, reason, message);
    }

    public static Remark warning(String reason, String message) {
        return new Remark(true, reason, message);
    }

    /** Empty where the object is gone: there is nothing to say anything about. */
    public Optional<Action.Tell> about(ObjectKey key, World world) {
        return world.get(key)
                .map(object -> new Action.Tell(key.resource(), object, isWarning, reason, message));
    }
}
