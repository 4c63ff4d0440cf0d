package dev.gantry.state.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A path into an object as kubectl writes it: names, indices, all items, and items that have a
 * field of a value.
 *
 * <p>Example: {@code .status.conditions[?(@.type=="Ready")].status}
 *
 * <p>Compat: the part of client-go's {@code jsonpath} that columns are made with.
 */
public final class SimplePath {
    private static final Pattern NAME = Pattern.compile("\\.((?:[^.\\[\\\\]|\\\\.)+)");
    private static final Pattern QUOTED = Pattern.compile("\\[['\"]([^'\"]*)['\"]\\]");
    private static final Pattern INDEX = Pattern.compile("\\[(-?\\d{1,9})\\]");
    private static final Pattern ALL = Pattern.compile("\\[\\*\\]|\\.\\*");
    private static final Pattern FILTER =
            Pattern.compile(
                    "\\[\\?\\(\\s*@((?:\\.[^=!<>\\s]+)+)\\s*(==|!=)\\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\\s]+))\\s*\\)\\]");

    private final List<Step> steps;

    private SimplePath(List<Step> steps) {
        this.steps = steps;
    }

    /** From some values to those below them. */
    private interface Step {
        void from(JsonNode value, List<JsonNode> found);
    }

    /** Only names, one below the other. */
    public static boolean isPlain(String path) {
        return path.matches("(\\.[a-zA-Z_][a-zA-Z0-9_-]*)+");
    }

    /** Empty where it is none. */
    public static Optional<SimplePath> parse(String path) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            String rest = path.substring(at);
            int length = next(rest, steps);
            if (length == 0) {
                return Optional.empty();
            }
            at += length;
        }
        return Optional.of(new SimplePath(List.copyOf(steps)));
    }

    /** The first value at the path, if there is one. */
    public Optional<JsonNode> first(JsonNode object) {
        List<JsonNode> values = List.of(object);
        for (Step step : steps) {
            List<JsonNode> below = new ArrayList<>();
            values.forEach(each -> step.from(each, below));
            values = below;
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    private static int next(String rest, List<Step> steps) {
        Matcher all = ALL.matcher(rest);
        if (all.lookingAt()) {
            steps.add((value, found) -> value.forEach(found::add));
            return all.end();
        }
        for (Pattern each : List.of(NAME, QUOTED)) {
            Matcher name = each.matcher(rest);
            if (name.lookingAt()) {
                steps.add(named(name.group(1).replaceAll("\\\\(.)", "$1")));
                return name.end();
            }
        }
        Matcher index = INDEX.matcher(rest);
        if (index.lookingAt()) {
            steps.add(at(Integer.parseInt(index.group(1))));
            return index.end();
        }
        Matcher filter = FILTER.matcher(rest);
        if (filter.lookingAt()) {
            steps.add(having(filter));
            return filter.end();
        }
        return 0;
    }

    private static Step named(String name) {
        return (value, found) -> {
            JsonNode below = value.get(name);
            if (below != null && !below.isNull()) {
                found.add(below);
            }
        };
    }

    private static Step at(int index) {
        return (value, found) -> {
            int place = index < 0 ? value.size() + index : index;
            if (value.isArray() && value.has(place)) {
                found.add(value.get(place));
            }
        };
    }

    private static Step having(Matcher filter) {
        SimplePath field = parse(filter.group(1)).orElseThrow();
        boolean wantsSame = filter.group(2).equals("==");
        String wanted =
                filter.group(3) != null
                        ? filter.group(3)
                        : filter.group(4) != null ? filter.group(4) : filter.group(5);
        return (value, found) -> {
            for (JsonNode each : value) {
                boolean isSame =
                        field.first(each).map(it -> it.asString("").equals(wanted)).orElse(false);
                if (isSame == wantsSame) {
                    found.add(each);
                }
            }
        };
    }

    /** As kubectl prints it: a text bare, anything with parts as JSON. */
    public static String text(JsonNode value) {
        return value.isValueNode() ? value.asString("") : value.toString();
    }
}
