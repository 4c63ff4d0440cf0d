package dev.gantry.state.schema.structural;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A path to a field, as selectable fields and rules name it: {@code .spec.size} or {@code
 * .spec['size']}.
 *
 * <p>Compat: {@code ValidFieldPath} of apiextensions-apiserver.
 */
public final class FieldReference {
    private static final Pattern STEP =
            Pattern.compile("\\.([a-zA-Z_][a-zA-Z0-9_]*)|\\['((?:[^'\\\\]|\\\\.)*)'\\]");
    private static final Set<String> SELECTABLE = Set.of("string", "boolean", "integer");
    private static final String PREFIX = "is an invalid path: ";

    private FieldReference() {}

    /** Why a selectable field may not be there; empty where it may. */
    public static Optional<String> problem(String path, JsonNode schema) {
        Walk walk = walk(path, schema);
        if (!walk.problem.isEmpty()) {
            return Optional.of(PREFIX + walk.problem);
        }
        return SELECTABLE.contains(walk.schema.path("type").asString(""))
                ? Optional.empty()
                : Optional.of(
                        "must point to a field of type string, boolean or integer. Enum string"
                                + " fields and strings with formats are allowed.");
    }

    /** Whether there is such a field below the place that {@code schema} is about. */
    public static boolean isValid(String path, JsonNode schema) {
        return walk(path, schema).problem.isEmpty();
    }

    private record Walk(JsonNode schema, String problem) {}

    private static Walk walk(String path, JsonNode schema) {
        if (!path.startsWith(".") && !path.startsWith("[")) {
            String found = path.split("[.\\[]")[0];
            return new Walk(schema, "expected [ or . but got: " + found);
        }
        Matcher step = STEP.matcher(path);
        JsonNode at = schema;
        int end = 0;
        while (end < path.length()) {
            if (!step.find(end) || step.start() != end) {
                return new Walk(at, "array notation is not allowed");
            }
            String name = step.group(1) == null ? step.group(2) : step.group(1);
            JsonNode below = at.path("properties").path(name);
            if (below.isMissingNode() && at.path("additionalProperties").isObject()) {
                below = at.path("additionalProperties");
            }
            if (below.isMissingNode()) {
                return new Walk(MissingNode.getInstance(), "does not refer to a valid field");
            }
            at = below;
            end = step.end();
        }
        return new Walk(at, "");
    }
}
