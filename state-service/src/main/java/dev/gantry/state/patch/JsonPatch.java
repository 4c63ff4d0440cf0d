package dev.gantry.state.patch;

import dev.gantry.state.codec.json.Bounds;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * RFC 6902: a list of operations, each on one place.
 *
 * <p>Invariant: however the operations are put together, the document grows by no more than the
 * bytes of the patch and {@link #MAX_COPIED_BYTES}, and never gets deeper than {@link
 * Bounds#MAX_DEPTH}: doubling is a matter of one short operation.
 *
 * <p>Compat: what goes wrong is said in the words of the library that apiserver uses
 * (evanphx/json-patch 4.12), and so is the bound of what is copied.
 */
final class JsonPatch {
    static final int MAX_COPIED_BYTES = 3 * 1024 * 1024;

    private static final String TOO_DEEP = "the patched document exceeds max depth";

    private JsonNode document;

    /** What all copies so far have as JSON. */
    private long copiedBytes;

    private long copiedValues;

    /** Never less than the depth of the document. */
    private int depth;

    private JsonPatch(JsonNode document) {
        this.document = document;
        this.depth = Bounds.depthOf(document);
    }

    /** Changes {@code document} and returns it. */
    static JsonNode apply(ArrayNode operations, ObjectNode document) {
        JsonPatch patch = new JsonPatch(document);
        operations.forEach(patch::perform);
        return patch.document;
    }

    private void perform(JsonNode operation) {
        String kind = operation.path("op").asString("");
        String path = operation.path("path").asString("");
        switch (kind) {
            case "add" -> add(path, valueOf(operation, path), "add");
            case "remove" -> remove(path, "remove");
            case "replace" -> replace(path, valueOf(operation, path));
            case "test" -> test(path, operation);
            case "move" -> {
                String from = operation.path("from").asString("");
                add(path, remove(from, "move"), "move");
                deepen(steps(path).size() - steps(from).size());
            }
            case "copy" -> {
                String from = operation.path("from").asString("");
                add(path, copied(find(from, "copy"), path), "copy");
            }
            default -> throw PatchProblem.doesNotApply("Unexpected kind: " + kind);
        }
    }

    private JsonNode valueOf(JsonNode operation, String path) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw PatchProblem.doesNotApply("missing value");
        }
        place(path, value);
        return value.deepCopy();
    }

    private JsonNode copied(JsonNode value, String path) {
        copiedBytes += JsonMapper.shared().writeValueAsBytes(value).length;
        if (copiedBytes > MAX_COPIED_BYTES) {
            throw PatchProblem.doesNotApply(
                    "Unable to complete the copy, the accumulated size increase of copy is %d, exceeding the limit %d"
                            .formatted(copiedBytes, MAX_COPIED_BYTES));
        }
        copiedValues += Bounds.valuesOf(value);
        if (copiedValues > Bounds.MAX_VALUES) {
            throw new PatchProblem(Bounds.tooManyValues());
        }
        place(path, value);
        return value.deepCopy();
    }

    /** A value that comes to stand below {@code path}. */
    private void place(String path, JsonNode value) {
        int reached = steps(path).size() + Bounds.depthOf(value);
        if (reached > Bounds.MAX_DEPTH) {
            throw PatchProblem.doesNotApply(TOO_DEEP);
        }
        depth = Math.max(depth, reached);
    }

    /** Cost: measured only where it may be too deep, else many moves would each measure it all. */
    private void deepen(int levels) {
        depth += Math.max(0, levels);
        if (depth > Bounds.MAX_DEPTH) {
            depth = Bounds.depthOf(document);
            if (depth > Bounds.MAX_DEPTH) {
                throw PatchProblem.doesNotApply(TOO_DEEP);
            }
        }
    }

    private void add(String path, JsonNode value, String operation) {
        if (path.isEmpty()) {
            document = value;
            return;
        }
        String key = lastOf(path);
        switch (parent(path, operation)) {
            case ObjectNode object -> object.set(key, value);
            case ArrayNode array -> {
                if (key.equals("-")) {
                    array.add(value);
                } else {
                    array.insert(index(key, array.size() + 1, operation, path), value);
                }
            }
            default -> throw missingPath(operation, path);
        }
    }

    private JsonNode remove(String path, String operation) {
        String key = lastOf(path);
        switch (parent(path, operation)) {
            case ObjectNode object -> {
                JsonNode removed = object.remove(key);
                if (removed == null) {
                    throw PatchProblem.doesNotApply(
                            "error in %s for path: '%s': Unable to remove nonexistent key: %s: missing value"
                                    .formatted(operation, path, key));
                }
                return removed;
            }
            case ArrayNode array -> {
                return array.remove(index(key, array.size(), operation, path));
            }
            default -> throw missingPath(operation, path);
        }
    }

    private void replace(String path, JsonNode value) {
        if (path.isEmpty()) {
            document = value;
            return;
        }
        String key = lastOf(path);
        switch (parent(path, "replace")) {
            // Compat: what is not there is added, unlike what RFC 6902 says.
            case ObjectNode object -> object.set(key, value);
            case ArrayNode array -> array.set(index(key, array.size(), "replace", path), value);
            default -> throw missingPath("replace", path);
        }
    }

    private void test(String path, JsonNode operation) {
        JsonNode wanted = operation.path("value");
        JsonNode found = path.isEmpty() ? document : findOrMissing(path);
        boolean holds =
                wanted.isNull() || wanted.isMissingNode()
                        ? found.isNull() || found.isMissingNode()
                        : found.equals((a, b) -> compare(a, b), wanted);
        if (!holds) {
            throw PatchProblem.doesNotApply("testing value %s failed: test failed".formatted(path));
        }
    }

    /** Numbers are equal by value, whatever they are held in. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private JsonNode find(String path, String operation) {
        JsonNode found = path.isEmpty() ? document : findOrMissing(path);
        if (found.isMissingNode()) {
            throw PatchProblem.doesNotApply(
                    "%s operation does not apply: doc is missing from path: \"%s\": missing value"
                            .formatted(operation, path));
        }
        return found;
    }

    private JsonNode findOrMissing(String path) {
        JsonNode node = document;
        for (String step : steps(path)) {
            node = below(node, step);
        }
        return node;
    }

    private JsonNode parent(String path, String operation) {
        List<String> steps = steps(path);
        JsonNode node = document;
        for (String step : steps.subList(0, Math.max(0, steps.size() - 1))) {
            node = below(node, step);
        }
        if (steps.isEmpty() || node.isMissingNode()) {
            throw missingPath(operation, path);
        }
        return node;
    }

    private static JsonNode below(JsonNode node, String step) {
        if (!node.isArray()) {
            return node.path(step);
        }
        return isIndex(step) ? node.path(Integer.parseInt(step)) : node.path("");
    }

    private static int index(String key, int limit, String operation, String path) {
        if (!isIndex(key) || Integer.parseInt(key) >= limit) {
            throw PatchProblem.doesNotApply(
                    "error in %s for path: '%s': Unable to access invalid index: %s: invalid index referenced"
                            .formatted(operation, path, key));
        }
        return Integer.parseInt(key);
    }

    private static boolean isIndex(String text) {
        return text.matches("0|[1-9]\\d{0,8}");
    }

    private static PatchProblem missingPath(String operation, String path) {
        return PatchProblem.doesNotApply(
                "%s operation does not apply: doc is missing path: \"%s\": missing value"
                        .formatted(operation, path));
    }

    private static String lastOf(String path) {
        List<String> steps = steps(path);
        return steps.isEmpty() ? "" : steps.getLast();
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        if (path.startsWith("/")) {
            for (String each : path.substring(1).split("/", -1)) {
                steps.add(each.replace("~1", "/").replace("~0", "~"));
            }
        }
        return steps;
    }
}
