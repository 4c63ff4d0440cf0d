package dev.gantry.state.shell.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What admission has to say for the audit log, as a header can carry it over the network: in ASCII,
 * and of what is too much the shorter annotations.
 */
final class AuditHeader {
    private static final int LONGEST = 48 * 1024;
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private AuditHeader() {}

    /**
     * @param annotations an object of texts, in JSON
     */
    static String of(String annotations) {
        List<Map.Entry<String, String>> all =
                ASCII.readTree(annotations).properties().stream()
                        .map(each -> Map.entry(each.getKey(), written(each.getValue())))
                        .sorted(Comparator.comparingInt(each -> each.getValue().length()))
                        .toList();
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        int length = 2;
        for (Map.Entry<String, String> each : all) {
            length += written(each.getKey()).length() + each.getValue().length() + 2;
            if (length <= LONGEST) {
                kept.set(each.getKey(), ASCII.readTree(each.getValue()));
            }
        }
        return written(kept);
    }

    private static String written(String text) {
        return written(JsonNodeFactory.instance.stringNode(text));
    }

    private static String written(JsonNode value) {
        return ASCII.writeValueAsString(value);
    }
}
