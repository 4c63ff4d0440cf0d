package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The versions of a definition, and where errors about them are told.
 *
 * <p>Compat: what is the same in all versions is a field of the spec in upstream's internal type,
 * and errors name that: {@code spec.validation.openAPIV3Schema} for the schema of a definition with
 * one version.
 */
record Versions(Field spec) {
    List<Field> all() {
        return spec.child("versions").items();
    }

    /**
     * Calls {@code check} with the part of each version, or once where they are equal.
     *
     * @param part a field of versions
     * @param shared its name in the spec
     */
    void each(String part, String shared, Consumer<Field> check) {
        List<Field> all = all();
        if (isShared(part)) {
            if (!all.isEmpty() && all.getFirst().has(part)) {
                check.accept(all.getFirst().child(part).at("spec." + shared));
            }
            return;
        }
        all.stream().filter(each -> each.has(part)).forEach(each -> check.accept(each.child(part)));
    }

    boolean isShared(String part) {
        List<Field> all = all();
        return all.stream()
                .allMatch(
                        each -> each.value().path(part).equals(all.getFirst().value().path(part)));
    }

    /** As Go prints them, without what they share. */
    String text() {
        if (!spec.child("versions").isSet()) {
            return "null";
        }
        List<String> texts = new ArrayList<>();
        for (Field version : all()) {
            ObjectNode shown = JsonMapper.shared().createObjectNode();
            shown.put("Name", version.text("name"));
            for (String flag : List.of("Served", "Storage", "Deprecated")) {
                shown.put(flag, version.child(flag.toLowerCase(java.util.Locale.ROOT)).isTrue());
            }
            JsonNode warning = version.value().path("deprecationWarning");
            shown.set("DeprecationWarning", warning.isString() ? warning : shown.nullNode());
            for (String part :
                    List.of(
                            "Schema",
                            "Subresources",
                            "AdditionalPrinterColumns",
                            "SelectableFields")) {
                shown.putNull(part);
            }
            texts.add(JsonMapper.shared().writeValueAsString(shown));
        }
        return "[" + String.join(",", texts) + "]";
    }
}
