package dev.gantry.state.kind.certificates.certificatesigningrequest;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Compat: {@code validateConditions}, and what no update may do to them. */
final class ConditionRules {
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");
    private static final List<String> ONLY_TRUE = List.of("True");
    private static final List<String> LASTING = List.of("Approved", "Denied", "Failed");

    private ConditionRules() {}

    static void check(Field conditions, JsonNode stored) {
        Set<String> seen = new TreeSet<>();
        for (Field condition : conditions.items()) {
            Field type = condition.child("type");
            String name = type.text();
            if (name.isEmpty()) {
                type.required("");
            }
            Field status = condition.child("status");
            List<String> allowed = LASTING.contains(name) ? ONLY_TRUE : STATUSES;
            if (status.isEmpty()) {
                status.required("");
            } else if (!allowed.contains(status.text())) {
                status.notSupported(allowed);
            }
            boolean isContrary =
                    name.equals("Approved") && seen.contains("Denied")
                            || name.equals("Denied") && seen.contains("Approved");
            if (isContrary) {
                conditions.invalidText(
                        name, "Approved and Denied conditions are mutually exclusive");
            }
            if (!seen.add(name)) {
                type.duplicate();
            }
        }
        for (String type : LASTING) {
            if (all(conditions.value(), type).size() < all(stored, type).size()) {
                conditions.forbidden(
                        "updates may not remove a condition of type \"%s\"".formatted(type));
            }
        }
    }

    /** Conditions of these types must be as they are stored. */
    static void undecided(Field conditions, JsonNode stored, List<String> types) {
        for (String type : types) {
            List<JsonNode> now = all(conditions.value(), type);
            List<JsonNode> before = all(stored, type);
            if (now.size() > before.size()) {
                conditions.forbidden(
                        "updates may not add a condition of type \"%s\"".formatted(type));
            } else if (now.size() == before.size() && !areSame(now, before)) {
                conditions.forbidden(
                        "updates may not modify a condition of type \"%s\"".formatted(type));
            }
        }
    }

    /** Missing where there is none. */
    static JsonNode first(JsonNode conditions, String type) {
        List<JsonNode> found = all(conditions, type);
        return found.isEmpty() ? MissingNode.getInstance() : found.getFirst();
    }

    private static boolean areSame(List<JsonNode> some, List<JsonNode> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!Sameness.same(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<JsonNode> all(JsonNode conditions, String type) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode each : conditions) {
            if (Resource.text(each, "type").equals(type)) {
                found.add(each);
            }
        }
        return found;
    }
}
