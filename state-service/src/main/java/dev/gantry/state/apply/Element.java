package dev.gantry.state.apply;

import dev.gantry.state.schema.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One step of a path, as {@code FieldsV1} writes it: {@code f:NAME} for a field, <code>k:{…}</code>
 * for an item by its keys, {@code v:VALUE} for an item by its value.
 */
final class Element {
    static final Comparator<String> ORDER = new ElementOrder();

    private static final String KINDS = "fkvi";

    private Element() {}

    /** Whether {@code text} may be an element of a set. */
    static boolean isOne(String text) {
        boolean isWritten =
                text.length() > 2 && text.charAt(1) == ':' && KINDS.indexOf(text.charAt(0)) >= 0;
        return isWritten && (text.charAt(0) != 'k' || keys(text.substring(2)).isObject());
    }

    private static JsonNode keys(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }

    static String field(String name) {
        return "f:" + name;
    }

    /** How the items of a list are told apart, and where the values for absent keys come from. */
    static String item(Field list, JsonNode item) {
        if (list.listType() == Field.ListType.SET) {
            return "v:" + item;
        }
        Map<String, JsonNode> keys = new TreeMap<>();
        for (String key : list.mapKeys()) {
            JsonNode value = item.get(key);
            if (value == null || value.isNull()) {
                defaultOf(list, key).ifPresent(known -> keys.put(key, known));
            } else {
                keys.put(key, value);
            }
        }
        return "k:" + JsonMapper.shared().writeValueAsString(keys);
    }

    /** The items by their elements, in order. Of equal ones the first counts. */
    static Map<String, JsonNode> items(Field list, ArrayNode array) {
        Map<String, JsonNode> items = new java.util.LinkedHashMap<>();
        array.forEach(each -> items.putIfAbsent(item(list, each), each));
        return items;
    }

    /** {@code .spec.containers[name="web"].image}, one step of it. */
    static String text(String element) {
        String rest = element.substring(2);
        return switch (element.charAt(0)) {
            case 'f' -> "." + rest;
            case 'v' -> "[=" + rest + "]";
            case 'k' -> {
                List<String> keys = new ArrayList<>();
                for (var each : keys(rest).properties()) {
                    keys.add(each.getKey() + "=" + each.getValue());
                }
                yield "[" + String.join(",", keys) + "]";
            }
            default -> "[" + rest + "]";
        };
    }

    private static Optional<JsonNode> defaultOf(Field list, String key) {
        return list.struct()
                .flatMap(type -> type.field(key))
                .map(Field::defaultValue)
                .filter(text -> !text.isEmpty())
                .map(text -> JsonMapper.shared().readTree(text));
    }
}
