package dev.gantry.state.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a kind that belong to features which a v1.36 API server has switched off unless it
 * is told otherwise.
 *
 * <p>Compat: {@code dropDisabledFields} of the kinds: what is written there vanishes without a word
 * before anything is validated, but for an object that had it before. Deliberately absent: {@code
 * spec.schedulingGroup} of a pod, which means something here.
 *
 * @param paths the steps to each field; {@code *} is every item of a list or value of a map, and
 *     what ends with {@code ?} goes, too, once there is nothing else in it
 */
public record DisabledFields(List<List<String>> paths) {
    public static final DisabledFields NONE = new DisabledFields(List.of());

    private static final String EACH = "*";
    private static final String PASSING = "?";

    /** Paths as in {@code spec.volumes.*.projected}. */
    public static DisabledFields of(String... paths) {
        return new DisabledFields(
                Arrays.stream(paths).map(each -> List.of(each.split("\\."))).toList());
    }

    /** These fields and others. */
    public DisabledFields and(String... more) {
        return new DisabledFields(Stream.concat(paths.stream(), of(more).paths.stream()).toList());
    }

    /** The same fields of a part that lies under {@code steps}. */
    public DisabledFields under(String... steps) {
        return new DisabledFields(
                paths.stream()
                        .map(path -> Stream.concat(Arrays.stream(steps), path.stream()).toList())
                        .toList());
    }

    /**
     * @param stored the object before; a missing node where there was none
     */
    public void drop(ObjectNode object, JsonNode stored) {
        for (List<String> path : paths) {
            if (!isUsed(stored, path)) {
                remove(object, path);
            }
        }
    }

    private static boolean isUsed(JsonNode node, List<String> path) {
        if (path.isEmpty()) {
            return !node.isMissingNode() && !node.isNull();
        }
        List<String> rest = path.subList(1, path.size());
        if (!path.getFirst().equals(EACH)) {
            return isUsed(node.path(nameOf(path.getFirst())), rest);
        }
        for (JsonNode each : node) {
            if (isUsed(each, rest)) {
                return true;
            }
        }
        return false;
    }

    private static void remove(JsonNode node, List<String> path) {
        String step = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (step.equals(EACH)) {
            node.forEach(each -> remove(each, rest));
        } else if (!rest.isEmpty()) {
            JsonNode below = node.path(nameOf(step));
            boolean wasEmpty = below.isEmpty();
            remove(below, rest);
            boolean isPassing = step.endsWith(PASSING) && !wasEmpty && below.isEmpty();
            if (isPassing && node instanceof ObjectNode parent) {
                parent.remove(nameOf(step));
            }
        } else if (node instanceof ObjectNode parent) {
            parent.remove(step);
        }
    }

    private static String nameOf(String step) {
        return step.endsWith(PASSING) ? step.substring(0, step.length() - 1) : step;
    }
}
