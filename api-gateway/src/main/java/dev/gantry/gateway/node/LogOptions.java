package dev.gantry.gateway.node;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Compat: {@code ValidatePodLogOptions}, and the kubelet's words on containers without a log. */
public final class LogOptions {
    private LogOptions() {}

    /** Every error at once; empty where there is none. */
    public static Optional<Refusal> refusal(String pod, Query query) {
        List<FieldError> errors = new ArrayList<>();
        check(query, "tailLines", 0, "must be greater than or equal to 0", errors);
        check(query, "limitBytes", 1, "must be greater than 0", errors);
        check(query, "sinceSeconds", 1, "must be greater than 0", errors);
        if (!query.first("sinceSeconds").isEmpty() && !query.first("sinceTime").isEmpty()) {
            errors.add(
                    FieldError.forbidden(
                            "", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        }
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal.Invalid("", "PodLogOptions", pod, errors));
    }

    /** What to say where the agent has no log: most often the container has not started yet. */
    public static Optional<Refusal> waiting(Resource pod, String container) {
        for (String field :
                new String[] {
                    "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"
                }) {
            for (JsonNode each : pod.status().path(field)) {
                JsonNode waiting = each.path("state").path("waiting");
                if (Resource.text(each, "name").equals(container) && waiting.isObject()) {
                    return Optional.of(
                            new Refusal.BadRequest(
                                    "container \"%s\" in pod \"%s\" is waiting to start: %s"
                                            .formatted(
                                                    container,
                                                    pod.name(),
                                                    reason(Resource.text(waiting, "reason")))));
                }
            }
        }
        return Optional.empty();
    }

    private static String reason(String stated) {
        return switch (stated) {
            case "ErrImagePull" -> "image can't be pulled";
            case "ImagePullBackOff" -> "trying and failing to pull image";
            default -> stated;
        };
    }

    private static void check(
            Query query, String option, long least, String why, List<FieldError> errors) {
        String value = query.first(option);
        if (value.isEmpty()) {
            return;
        }
        try {
            if (Long.parseLong(value) < least) {
                errors.add(FieldError.invalid(option, value, why));
            }
        } catch (NumberFormatException noNumber) {
            errors.add(FieldError.invalid(option, '"' + value + '"', "must be an integer"));
        }
    }
}
