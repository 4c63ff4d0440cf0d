package dev.gantry.state.kind.core.pod;

import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Says in lines which fields of two specs differ.
 *
 * <p>Compat: upstream prints Go's view of both structs here; no client reads it.
 */
public final class SpecDifference {
    private static final int MOST_LINES = 20;

    private final List<String> lines = new ArrayList<>();

    private SpecDifference() {}

    public static String of(JsonNode before, JsonNode after) {
        var difference = new SpecDifference();
        difference.compare("spec", before, after);
        return String.join("\n", difference.lines);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (lines.size() >= MOST_LINES || Sameness.same(before, after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            for (String name : names) {
                compare(path + "." + name, before.path(name), after.path(name));
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "[" + i + "]", before.path(i), after.path(i));
            }
        } else {
            lines.add("- " + path + ": " + shown(before));
            lines.add("+ " + path + ": " + shown(after));
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "null" : value.toString();
    }
}
