package dev.gantry.controller.workload.dependent;

import dev.gantry.client.controller.EventText;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.Optional;

/** What a workload's Events tell of its pods. Compat: {@code RealPodControl}. */
public final class PodEvents {
    private PodEvents() {}

    /**
     * @param result the object as the API made it
     */
    public static Optional<EventText> done(Action action, Optional<Resource> result) {
        return switch (action) {
            case Action.Create create when create.resource().equals(Resources.PODS) ->
                    result.map(
                            pod ->
                                    EventText.normal(
                                            "SuccessfulCreate", "Created pod: " + pod.name()));
            case Action.Delete gone when gone.key().resource().equals(Resources.PODS) ->
                    Optional.of(
                            EventText.normal(
                                    "SuccessfulDelete", "Deleted pod: " + gone.key().name()));
            default -> Optional.empty();
        };
    }

    public static Optional<EventText> refused(Action action, String message) {
        return switch (action) {
            case Action.Create _ ->
                    Optional.of(EventText.warning("FailedCreate", "Error creating: " + message));
            case Action.Delete _ ->
                    Optional.of(EventText.warning("FailedDelete", "Error deleting: " + message));
            default -> Optional.empty();
        };
    }
}
