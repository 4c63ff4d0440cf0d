package dev.gantry.state.validation;

import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * An object as Go prints a struct whose fields have no names for JSON: every field is there, in the
 * order in which it is declared.
 */
public final class GoStruct {
    private final JsonNode object;
    private final StringJoiner fields = new StringJoiner(",", "{", "}");

    public GoStruct(JsonNode object) {
        this.object = object;
    }

    public GoStruct text(String name, String field) {
        return put(name, GoText.quote(object.path(field).asString("")));
    }

    public GoStruct number(String name, String field) {
        return put(name, Long.toString(object.path(field).asLong(0)));
    }

    public GoStruct flag(String name, String field) {
        return put(name, Boolean.toString(object.path(field).asBoolean(false)));
    }

    /** As it is, null where it is absent: a pointer, or a list of plain values. */
    public GoStruct value(String name, String field) {
        return put(name, object.hasNonNull(field) ? object.path(field).toString() : "null");
    }

    /** A field that is printed already. */
    public GoStruct put(String name, String printed) {
        fields.add('"' + name + "\":" + printed);
        return this;
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
