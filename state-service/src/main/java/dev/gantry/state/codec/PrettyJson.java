package dev.gantry.state.codec;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON for people: indented by two spaces, as Go's MarshalIndent does it, but no further than
 * anyone could read: a value of two bytes would become hundreds.
 */
final class PrettyJson {
    private static final int DEEPEST = 64;

    private final StringBuilder out = new StringBuilder();

    private PrettyJson() {}

    static byte[] of(byte[] json) {
        PrettyJson writer = new PrettyJson();
        writer.write(JsonMapper.shared().readTree(json), 0);
        return writer.out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(JsonNode node, int depth) {
        if (node.isObject() && !node.isEmpty()) {
            out.append('{');
            String separator = "";
            for (var each : node.properties()) {
                out.append(separator);
                newLine(depth + 1);
                out.append(JsonMapper.shared().writeValueAsString(each.getKey())).append(": ");
                write(each.getValue(), depth + 1);
                separator = ",";
            }
            newLine(depth);
            out.append('}');
        } else if (node.isArray() && !node.isEmpty()) {
            out.append('[');
            String separator = "";
            for (JsonNode each : node) {
                out.append(separator);
                newLine(depth + 1);
                write(each, depth + 1);
                separator = ",";
            }
            newLine(depth);
            out.append(']');
        } else {
            out.append(node);
        }
    }

    private void newLine(int depth) {
        out.append('\n').repeat("  ", Math.min(depth, DEEPEST));
    }
}
