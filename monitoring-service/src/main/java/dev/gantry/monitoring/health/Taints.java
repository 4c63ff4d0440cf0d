package dev.gantry.monitoring.health;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The taints that a node's conditions ask for. Compat: {@code nodeConditionToTaintKeyStatusMap}.
 */
public final class Taints {
    public static final String NOT_READY = "node.kubernetes.io/not-ready";
    public static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
    private static final Map<String, String> BY_CONDITION =
            new TreeMap<>(
                    Map.of(
                            "MemoryPressure", "node.kubernetes.io/memory-pressure",
                            "DiskPressure", "node.kubernetes.io/disk-pressure",
                            "PIDPressure", "node.kubernetes.io/pid-pressure",
                            "NetworkUnavailable", "node.kubernetes.io/network-unavailable"));

    private Taints() {}

    /** A key with an effect. */
    record Mark(String key, String effect) {}

    static boolean isOurs(Mark mark) {
        return mark.key.equals(NOT_READY)
                || mark.key.equals(UNREACHABLE)
                || mark.key.equals(UNSCHEDULABLE) && mark.effect.equals("NoSchedule")
                || BY_CONDITION.containsValue(mark.key) && mark.effect.equals("NoSchedule");
    }

    static List<Mark> wanted(Resource node) {
        List<Mark> wanted = new ArrayList<>();
        JsonNode conditions = node.status().path("conditions");
        String ready =
                Conditions.find(conditions, "Ready")
                        .map(each -> Resource.text(each, "status"))
                        .orElse("False");
        if (!ready.equals("True")) {
            String key = ready.equals("Unknown") ? UNREACHABLE : NOT_READY;
            wanted.add(new Mark(key, "NoSchedule"));
            wanted.add(new Mark(key, "NoExecute"));
        }
        BY_CONDITION.forEach(
                (condition, key) -> {
                    if (Conditions.isTrue(conditions, condition)) {
                        wanted.add(new Mark(key, "NoSchedule"));
                    }
                });
        if (node.spec().path("unschedulable").asBoolean(false)) {
            wanted.add(new Mark(UNSCHEDULABLE, "NoSchedule"));
        }
        return wanted;
    }

    static Mark markOf(JsonNode taint) {
        return new Mark(Resource.text(taint, "key"), Resource.text(taint, "effect"));
    }
}
