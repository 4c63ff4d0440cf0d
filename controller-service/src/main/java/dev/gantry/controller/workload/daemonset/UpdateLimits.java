package dev.gantry.controller.workload.daemonset;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/**
 * How far a rolling update may go. Compat: both shares round up; if both are zero one pod may be
 * unavailable, or nothing could ever move.
 */
record UpdateLimits(int maxSurge, int maxUnavailable) {
    static UpdateLimits of(Resource set, int desired) {
        JsonNode rolling = set.spec().path("updateStrategy").path("rollingUpdate");
        int surge = amount(rolling.path("maxSurge"), 0, desired);
        int unavailable = amount(rolling.path("maxUnavailable"), 1, desired);
        return surge == 0 && unavailable == 0
                ? new UpdateLimits(0, 1)
                : new UpdateLimits(surge, unavailable);
    }

    private static int amount(JsonNode value, int absent, int desired) {
        if (value.isNumber()) {
            return value.asInt();
        }
        String text = value.asString("");
        if (!text.endsWith("%")) {
            return absent;
        }
        try {
            long percent = Long.parseLong(text.substring(0, text.length() - 1));
            return (int) Math.ceilDiv(percent * desired, 100);
        } catch (NumberFormatException notANumber) {
            return absent;
        }
    }
}
