package dev.gantry.model.condition;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and sets the entries of a {@code conditions} list. */
public final class Conditions {
    private Conditions() {}

    /** What a condition shall say. */
    public record Wanted(String type, String status, String reason, String message) {}

    public static Optional<JsonNode> find(JsonNode conditions, String type) {
        for (JsonNode each : conditions) {
            if (Resource.text(each, "type").equals(type)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    public static boolean isTrue(JsonNode conditions, String type) {
        return find(conditions, type)
                .map(each -> Resource.text(each, "status").equals("True"))
                .orElse(false);
    }

    /**
     * Sets one condition in place. {@code lastTransitionTime} moves only when the status does.
     * Returns whether anything changed.
     */
    public static boolean set(ArrayNode conditions, Wanted wanted, Instant now) {
        Optional<JsonNode> before = find(conditions, wanted.type());
        ObjectNode target = before.isPresent() ? (ObjectNode) before.get() : conditions.addObject();
        boolean isNews = put(target, "type", wanted.type());
        boolean moved = put(target, "status", wanted.status());
        isNews |= put(target, "reason", wanted.reason());
        isNews |= put(target, "message", wanted.message());
        if (moved) {
            target.put("lastTransitionTime", timestamp(now));
        }
        return isNews || moved;
    }

    /** RFC 3339 in whole seconds, as {@code metav1.Time} is written. */
    public static String timestamp(Instant when) {
        return when.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** An empty text takes the field away. Returns whether that changed anything. */
    private static boolean put(ObjectNode target, String field, String value) {
        if (value.isEmpty()) {
            return target.remove(field) != null;
        }
        boolean isNews = !Resource.text(target, field).equals(value);
        target.put(field, value);
        return isNews;
    }
}
