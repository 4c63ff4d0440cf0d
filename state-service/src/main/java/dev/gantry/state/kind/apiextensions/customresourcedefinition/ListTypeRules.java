package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How lists and maps are merged: {@code x-kubernetes-list-type} and its like. */
final class ListTypeRules {
    private static final String LIST = "x-kubernetes-list-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";
    private static final String MAP = "x-kubernetes-map-type";
    private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

    private ListTypeRules() {}

    static void check(Field schema) {
        Field map = schema.child(MAP);
        if (map.isSet()) {
            only(schema, "object", MAP);
            supported(map, List.of("atomic", "granular"));
        }
        Field list = schema.child(LIST);
        if (list.isSet()) {
            only(schema, "array", LIST);
            supported(list, List.of("atomic", "set", "map"));
        }
        switch (list.text()) {
            case "map" -> ofMap(schema);
            case "set" -> ofSet(schema.child("items"));
            default -> {}
        }
        if (!schema.child(KEYS).isEmpty() && !list.text().equals("map")) {
            if (list.isSet()) {
                list.invalid("must be map if " + KEYS + " is non-empty");
            } else {
                list.required("must be map if " + KEYS + " is non-empty");
            }
        }
    }

    private static void only(Field schema, String type, String word) {
        Field found = schema.child("type");
        if (found.isEmpty()) {
            found.required("must be %s if %s is specified".formatted(type, word));
        } else if (!found.text().equals(type)) {
            found.invalid("must be %s if %s is specified".formatted(type, word));
        }
    }

    private static void supported(Field field, List<String> supported) {
        if (!supported.contains(field.text())) {
            field.notSupported(supported);
        }
    }

    private static void ofSet(Field items) {
        switch (items.text("type")) {
            case "object" -> {
                if (!items.text(MAP).equals("atomic")) {
                    items.child(MAP)
                            .invalidAs(
                                    items.has(MAP) ? GoText.quote(items.text(MAP)) : "null",
                                    "must be atomic as item of a list with " + LIST + "=set");
                }
            }
            case "array" -> {
                if (items.has(LIST) && !items.text(LIST).equals("atomic")) {
                    items.child(LIST)
                            .invalid("must be atomic as item of a list with " + LIST + "=set");
                }
            }
            default -> {}
        }
    }

    private static void ofMap(Field schema) {
        Field keys = schema.child(KEYS);
        if (keys.isEmpty()) {
            keys.required("must not be empty if " + LIST + " is map");
            return;
        }
        Field items = schema.child("items");
        if (!items.value().isObject()) {
            items.required("must have a schema if " + LIST + " is map");
            return;
        }
        if (!items.text("type").equals("object")) {
            items.child("type").invalid("must be object if parent array's " + LIST + " is map");
        }
        Set<String> seen = new HashSet<>();
        boolean isKnown = true;
        for (String key : keys.texts()) {
            isKnown &= items.child("properties").has(key);
            if (!seen.add(key)) {
                keys.invalidAs(GoText.of(keys.value()), "must not contain duplicate entries");
            }
        }
        if (!isKnown) {
            keys.invalidAs(GoText.of(keys.value()), "entries must all be names of item properties");
        }
        for (String key : seen.stream().sorted().toList()) {
            key(items, key);
        }
    }

    private static void key(Field items, String key) {
        Field property = items.child("properties").key(key);
        if (!property.value().isObject()) {
            return;
        }
        boolean isScalar =
                SCALARS.contains(property.text("type"))
                        || property.child("x-kubernetes-int-or-string").isTrue();
        if (!isScalar) {
            property.child("type")
                    .invalid("must be a scalar type if parent array's " + LIST + " is map");
        }
        boolean isRequired = items.child("required").texts().contains(key);
        if (!isRequired && !property.has("default")) {
            property.child("default")
                    .required(
                            "this property is in "
                                    + KEYS
                                    + ", so it must have a default or be a required property");
        }
        if (property.child("nullable").isTrue()) {
            property.child("nullable")
                    .forbidden("this property is in " + KEYS + ", so it cannot be nullable");
        }
    }
}
