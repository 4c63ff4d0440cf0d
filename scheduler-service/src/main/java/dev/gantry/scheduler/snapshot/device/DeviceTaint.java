package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A mark on a device that keeps claims off it unless they tolerate it. */
public record DeviceTaint(String key, String value, String effect) {
    /** Compat: other effects, such as None, are for people to read. */
    public boolean isForbidding() {
        return effect.equals("NoSchedule") || effect.equals("NoExecute");
    }

    /** A taint that a request can live with; an empty key or effect stands for any. */
    public record Toleration(String key, String operator, String value, String effect) {
        public boolean tolerates(DeviceTaint taint) {
            boolean isMeant =
                    (effect.isEmpty() || effect.equals(taint.effect))
                            && (key.isEmpty() || key.equals(taint.key));
            return switch (operator) {
                case "", "Equal" -> isMeant && value.equals(taint.value);
                case "Exists" -> isMeant;
                default -> false;
            };
        }

        static List<Toleration> listOf(JsonNode json) {
            List<Toleration> found = new ArrayList<>();
            for (JsonNode each : json) {
                found.add(
                        new Toleration(
                                Resource.text(each, "key"),
                                Resource.text(each, "operator"),
                                Resource.text(each, "value"),
                                Resource.text(each, "effect")));
            }
            return List.copyOf(found);
        }
    }

    static List<DeviceTaint> listOf(JsonNode json) {
        List<DeviceTaint> found = new ArrayList<>();
        for (JsonNode each : json) {
            found.add(
                    new DeviceTaint(
                            Resource.text(each, "key"),
                            Resource.text(each, "value"),
                            Resource.text(each, "effect")));
        }
        return List.copyOf(found);
    }
}
