package dev.gantry.state.strategy;

import dev.gantry.model.refusal.FieldError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which part of an object an update is about, and what that part's updates are held to.
 *
 * @param subresource empty for the object itself
 * @param preparation keeps from the stored object what the update may not change
 */
public record SubresourceRules(String subresource, Preparation preparation, Validation validation) {
    /** Changes {@code updated} in place, never {@code stored}. */
    public interface Preparation {
        void prepare(ObjectNode updated, ObjectNode stored, Instant now);
    }

    /** All field errors at once, in field order. */
    public interface Validation {
        List<FieldError> validate(ObjectNode updated, ObjectNode stored);
    }

    /** An update through a subresource that changes what it likes, checked by whoever asks. */
    public static final SubresourceRules BINDING =
            new SubresourceRules("binding", (_, _, _) -> {}, (_, _) -> List.<FieldError>of());

    public static SubresourceRules whole(Strategy strategy) {
        return ofSpec("", strategy);
    }

    public static SubresourceRules scale(Strategy strategy) {
        return ofSpec("scale", strategy);
    }

    public static SubresourceRules status(Strategy strategy) {
        return new SubresourceRules(
                "status",
                (updated, stored, now) -> {
                    strategy.prepareForStatusUpdate(updated, stored);
                    strategy.stampStatus(updated, stored, now);
                },
                strategy::validateStatusUpdate);
    }

    /**
     * Whether admission sees the updated object. Who binds a pod creates a Binding, and that is
     * what was admitted.
     */
    public boolean isAdmitted() {
        return this != BINDING;
    }

    public boolean isStatus() {
        return subresource.equals("status");
    }

    public boolean isWhole() {
        return subresource.isEmpty();
    }

    private static SubresourceRules ofSpec(String subresource, Strategy strategy) {
        return new SubresourceRules(
                subresource,
                (updated, stored, _) -> strategy.prepareForUpdate(updated, stored),
                strategy::validateUpdate);
    }
}
