package dev.gantry.state.codec.json;

import tools.jackson.databind.JsonNode;

/** JSON in texts that clients compare, as Go's encoder writes it. */
public final class GoJson {
    private GoJson() {}

    /** On one line, without characters that HTML would take for a tag. */
    public static String of(JsonNode value) {
        return value.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }
}
