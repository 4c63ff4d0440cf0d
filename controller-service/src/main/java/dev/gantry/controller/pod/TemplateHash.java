package dev.gantry.controller.pod;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A short name for a pod template.
 *
 * <p>Compat: FNV-1a of 32 bits, written in upstream's alphabet without vowels. The number differs
 * from upstream's, which hashes a Go dump; nothing but the name depends on it.
 */
public final class TemplateHash {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private TemplateHash() {}

    public static String of(JsonNode template, long collisions) {
        StringBuilder text = new StringBuilder();
        writeSorted(template, text);
        if (collisions > 0) {
            text.append('#').append(collisions);
        }
        int hash = 0x811c9dc5;
        for (byte each : text.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x01000193;
        }
        String decimal = Integer.toUnsignedString(hash);
        StringBuilder encoded = new StringBuilder();
        for (char digit : decimal.toCharArray()) {
            encoded.append(ALPHABET.charAt(digit % ALPHABET.length()));
        }
        return encoded.toString();
    }

    /** The order of fields in a manifest must not matter. */
    private static void writeSorted(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
            text.append('{');
            sorted.forEach(
                    (name, value) -> {
                        if (!value.isNull()) {
                            text.append(name).append(':');
                            writeSorted(value, text);
                            text.append(',');
                        }
                    });
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            node.forEach(
                    each -> {
                        writeSorted(each, text);
                        text.append(',');
                    });
            text.append(']');
        } else {
            text.append(node);
        }
    }
}
