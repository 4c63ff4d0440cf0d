package dev.gantry.state.shell.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer without what is another each time: times, uids, revisions; nor the descriptions of
 * columns, which are everybody's own. The entries of {@code managedFields} stand in the order of
 * their names, since their times decide else; their sets are texts, since their bytes count.
 */
record Masked(int code, String warnings, JsonNode body) {
    private static final String GIVEN_TIME = "2026-01-01T00:00:00Z";
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Set<String> AGES =
            Set.of("Age", "Duration", "Last Schedule", "Last Seen", "First Seen");
    private static final Pattern AGE = Pattern.compile("\\d+(s|m|m\\d+s|d|d\\d+h)");
    private static final Pattern UID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    static Masked of(String title, int code, String warnings, String body) {
        JsonNode tree = read(body);
        if (tree instanceof ObjectNode object) {
            shown(title, object);
            object.path("events").forEach(each -> event(title, (ObjectNode) each));
            if (title.endsWith(Corpus.ANY_ORDER)) {
                unordered(object);
            }
        }
        mask(tree);
        return new Masked(code, warnings, tree);
    }

    /** A bookmark tells a revision; what else is in it is chosen for strict clients here. */
    private static void event(String title, ObjectNode event) {
        ObjectNode object = (ObjectNode) event.path("object");
        shown(title, object);
        if (event.path("type").asString("").equals("BOOKMARK")) {
            object.retain("kind", "apiVersion", "metadata", "columnDefinitions", "rows");
            object.path("rows").forEach(each -> ((ObjectNode) each).remove("cells"));
        }
    }

    private static void shown(String title, ObjectNode object) {
        if (object.path("kind").asString("").equals("Table")) {
            table(object);
        }
        if (title.endsWith(Corpus.BUT_STATUS)) {
            withoutStatus(object);
            object.path("items").forEach(each -> withoutStatus((ObjectNode) each));
            object.path("rows").forEach(each -> withoutStatus((ObjectNode) each.path("object")));
        }
    }

    /** Empty where the answer is no list. */
    static String revisionOfList(String body) {
        JsonNode tree = read(body);
        return tree.path("kind").asString("").endsWith("List")
                ? tree.at("/metadata/resourceVersion").asString("")
                : "";
    }

    private static JsonNode read(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException plain) {
            return JsonMapper.shared().createObjectNode().put("kind", "(no JSON)");
        }
    }

    /** Nor a word of who wrote it. */
    private static void withoutStatus(ObjectNode object) {
        object.remove("status");
        if (object.at("/metadata/managedFields") instanceof ArrayNode entries) {
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (entries.path(i).path("subresource").asString("").equals("status")) {
                    entries.remove(i);
                }
            }
        }
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
                boolean isAge = i >= columns.size() || AGES.contains(columns.get(i));
                if (isAge && AGE.matcher(cells.path(i).asString("")).matches()) {
                    cells.set(i, "(age)");
                }
            }
        }
    }

    private static void unordered(ObjectNode status) {
        String message = status.path("message").asString("");
        int end = message.indexOf("is invalid: ");
        if (status.at("/details/causes") instanceof ArrayNode causes) {
            if (end >= 0) {
                status.put("message", message.substring(0, end) + "is invalid");
            }
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
                managedFields(metadata);
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

    private static void managedFields(ObjectNode metadata) {
        if (metadata.path("managedFields") instanceof ArrayNode entries) {
            List<JsonNode> all = new ArrayList<>();
            for (JsonNode each : entries) {
                all.add(each);
                ((ObjectNode) each).put("fieldsV1", each.path("fieldsV1").toString());
            }
            all.sort(Comparator.comparing(Masked::named));
            entries.removeAll();
            entries.addAll(all);
        }
    }

    private static String named(JsonNode entry) {
        return List.of("operation", "manager", "apiVersion", "subresource").stream()
                .map(each -> entry.path(each).asString(""))
                .collect(Collectors.joining(" "));
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
