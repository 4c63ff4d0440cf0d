package dev.gantry.state.shell.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer without what is another each time: times, uids, revisions; nor the descriptions of
 * columns, which are everybody's own, nor {@code managedFields}, which are kept here only where
 * they are needed.
 */
record Masked(int code, String warnings, JsonNode body) {
    private static final String GIVEN_TIME = "2026-01-01T00:00:00Z";
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern AGE = Pattern.compile("\\d+(s|m|m\\d+s)");
    private static final Pattern UID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    static Masked of(String title, int code, String warnings, String body) {
        JsonNode tree = JsonMapper.shared().readTree(body);
        if (tree instanceof ObjectNode object) {
            if (object.path("kind").asString("").equals("Table")) {
                table(object);
            }
            if (title.endsWith(Corpus.BUT_STATUS)) {
                object.remove("status");
            }
            if (title.endsWith(Corpus.ANY_ORDER)) {
                unordered(object);
            }
        }
        mask(tree);
        return new Masked(code, warnings, tree);
    }

    private static void table(ObjectNode table) {
        List<String> columns = new ArrayList<>();
        for (JsonNode each : table.path("columnDefinitions")) {
            columns.add(each.path("name").asString(""));
            ((ObjectNode) each).remove("description");
        }
        for (JsonNode row : table.path("rows")) {
            ArrayNode cells = (ArrayNode) row.path("cells");
            for (int i = 0; i < cells.size(); i++) {
                boolean isAge = i >= columns.size() || columns.get(i).equals("Age");
                if (isAge && AGE.matcher(cells.path(i).asString("")).matches()) {
                    cells.set(i, "(age)");
                }
            }
        }
    }

    private static void unordered(ObjectNode status) {
        String message = status.path("message").asString("");
        int end = message.indexOf("is invalid: ");
        if (end >= 0 && status.at("/details/causes") instanceof ArrayNode causes) {
            status.put("message", message.substring(0, end) + "is invalid");
            List<JsonNode> all = new ArrayList<>();
            causes.forEach(all::add);
            all.sort(Comparator.comparing(JsonNode::toString));
            causes.removeAll();
            causes.addAll(all);
        }
    }

    private static void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
                hide(metadata, "resourceVersion", "(revision)");
                hide(metadata, "continue", "(continue)");
            }
            for (String field : List.copyOf(object.propertyNames())) {
                JsonNode value = object.path(field);
                if (value.isString()) {
                    object.put(field, text(value.stringValue()));
                } else {
                    mask(value);
                }
            }
        } else if (node instanceof ArrayNode items) {
            for (int i = 0; i < items.size(); i++) {
                if (items.path(i).isString()) {
                    items.set(i, text(items.path(i).stringValue()));
                } else {
                    mask(items.path(i));
                }
            }
        }
    }

    private static void hide(ObjectNode metadata, String field, String shown) {
        if (!metadata.path(field).asString("").isEmpty()) {
            metadata.put(field, shown);
        }
    }

    private static String text(String text) {
        String shown = UID.matcher(text).replaceAll("(uid)");
        return shown.equals(GIVEN_TIME) ? shown : TIME.matcher(shown).replaceAll("(time)");
    }

    /** As it stands in the file of answers, without its title. */
    String written() {
        return code + "\n" + (warnings.isEmpty() ? "" : "warning: " + warnings + "\n") + body;
    }
}
