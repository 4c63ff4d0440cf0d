package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.schema.structural.Formats;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Formats that nothing will be checked by. */
final class FormatWarnings {
    private FormatWarnings() {}

    static List<String> of(ObjectNode definition) {
        Set<String> unknown = new TreeSet<>();
        for (JsonNode version : definition.path("spec").path("versions")) {
            collect(version.path("schema").path("openAPIV3Schema"), unknown);
        }
        return unknown.stream().map("unrecognized format \"%s\""::formatted).toList();
    }

    private static void collect(JsonNode schema, Set<String> unknown) {
        JsonNode format = schema.path("format");
        if (format.isString() && !Formats.isKnown(format.stringValue())) {
            unknown.add(format.stringValue());
        }
        schema.path("properties").forEach(each -> collect(each, unknown));
        for (String below : List.of("items", "additionalProperties")) {
            if (schema.path(below).isObject()) {
                collect(schema.path(below), unknown);
            }
        }
    }
}
