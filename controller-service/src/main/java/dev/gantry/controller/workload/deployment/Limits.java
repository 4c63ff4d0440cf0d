package dev.gantry.controller.workload.deployment;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/**
 * How many pods there shall be, and how far a rollout may go above and below that.
 *
 * <p>Compat: percentages of surge round up, of unavailable down; if both are zero one pod may be
 * unavailable, or nothing could ever move. Recreate has neither.
 */
record Limits(int replicas, int maxSurge, int maxUnavailable) {
    static Limits of(Resource deployment) {
        JsonNode spec = deployment.spec();
        int replicas = spec.path("replicas").asInt(1);
        JsonNode strategy = spec.path("strategy");
        boolean isRolling = !DeploymentView.recreates(deployment);
        if (!isRolling || replicas == 0) {
            int surge = isRolling ? amount(strategy, "maxSurge", replicas, true) : 0;
            return new Limits(replicas, surge, 0);
        }
        int surge = amount(strategy, "maxSurge", replicas, true);
        int unavailable = amount(strategy, "maxUnavailable", replicas, false);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return new Limits(replicas, surge, Math.min(unavailable, replicas));
    }

    int maximum() {
        return replicas + maxSurge;
    }

    int minimumAvailable() {
        return replicas - maxUnavailable;
    }

    private static int amount(JsonNode strategy, String field, int replicas, boolean roundsUp) {
        JsonNode value = strategy.path("rollingUpdate").path(field);
        if (value.isNumber()) {
            return value.asInt();
        }
        String text = value.asString("25%");
        try {
            if (!text.endsWith("%")) {
                return Integer.parseInt(text);
            }
            double exact =
                    Integer.parseInt(text.substring(0, text.length() - 1)) * replicas / 100.0;
            return (int) (roundsUp ? Math.ceil(exact) : Math.floor(exact));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
