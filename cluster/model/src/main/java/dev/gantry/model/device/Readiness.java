package dev.gantry.model.device;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whether the devices of a claim are such that pods may be bound.
 *
 * <p>Compat: {@code isClaimReadyForBinding}. What is awaited stands in the allocation, since the
 * slice may have changed; what has come of it in the status of each device.
 */
public sealed interface Readiness {
    Readiness READY = new Ready();

    /** They are, or none had to be waited for. */
    record Ready() implements Readiness {}

    record Waiting() implements Readiness {}

    /**
     * @param why upstream's words
     */
    record Failed(String why) implements Readiness {}

    static Readiness of(Resource claim) {
        JsonNode devices = claim.status().path("devices");
        for (JsonNode each : claim.status().path("allocation").path("devices").path("results")) {
            var conditions = DeviceConditions.of(each);
            if (!conditions.areNone()) {
                Readiness readiness = of(claim, conditions, reported(DeviceId.of(each), devices));
                if (!readiness.equals(READY)) {
                    return readiness;
                }
            }
        }
        return READY;
    }

    private static Readiness of(Resource claim, DeviceConditions conditions, JsonNode reported) {
        for (String fatal : conditions.fatal()) {
            Optional<JsonNode> found = Conditions.find(reported, fatal);
            if (Conditions.isTrue(reported, fatal)) {
                return new Failed(
                        "claim %s binding failed: reason=%s, message=\"%s\""
                                .formatted(
                                        claim.name(),
                                        Resource.text(found.orElseThrow(), "reason"),
                                        Resource.text(found.orElseThrow(), "message")));
            }
        }
        return conditions.awaited().stream().allMatch(each -> Conditions.isTrue(reported, each))
                ? READY
                : new Waiting();
    }

    /** Compat: parts of a shared device are not told apart. */
    private static JsonNode reported(DeviceId device, JsonNode devices) {
        for (JsonNode each : devices) {
            if (DeviceId.of(each).equals(device)) {
                return each.path("conditions");
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }
}
