package dev.gantry.model.taint;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A taint that one can live with; an empty key or effect stands for any.
 *
 * <p>Compat: {@code v1.Toleration.ToleratesTaint}, with the numeric operators Lt and Gt.
 */
public record Toleration(String key, String operator, String value, String effect) {
    public boolean tolerates(Taint taint) {
        if (!effect.isEmpty() && !effect.equals(taint.effect())) {
            return false;
        }
        if (!key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return switch (operator) {
            case "", "Equal" -> value.equals(taint.value());
            case "Exists" -> true;
            case "Lt" -> compare(taint.value()) < 0;
            case "Gt" -> compare(taint.value()) > 0;
            default -> false;
        };
    }

    /** Zero, hence no match, where either side is no whole number. */
    private int compare(String found) {
        try {
            return Long.compare(Long.parseLong(found), Long.parseLong(value));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    public static Toleration of(JsonNode toleration) {
        return new Toleration(
                Resource.text(toleration, "key"),
                Resource.text(toleration, "operator"),
                Resource.text(toleration, "value"),
                Resource.text(toleration, "effect"));
    }

    public static List<Toleration> listOf(JsonNode tolerations) {
        List<Toleration> found = new ArrayList<>();
        tolerations.forEach(each -> found.add(of(each)));
        return List.copyOf(found);
    }
}
