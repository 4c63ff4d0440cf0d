package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Locale;

/** Compat: {@code ValidateCustomResourceDefinitionNames}. */
final class NamesRules {
    private NamesRules() {}

    /** What is wrong with the names that are there. */
    static void check(Field names) {
        for (String each : List.of("plural", "singular")) {
            if (!names.text(each).isEmpty()) {
                label(names.child(each));
            }
        }
        kind(names.child("kind"));
        kind(names.child("listKind"));
        names.child("shortNames").items().forEach(NamesRules::label);
        boolean isAmbiguous =
                !names.text("kind").isEmpty() && names.text("kind").equals(names.text("listKind"));
        if (isAmbiguous) {
            names.child("listKind").invalid("kind and listKind may not be the same");
        }
        names.child("categories").items().forEach(NamesRules::label);
    }

    private static void kind(Field kind) {
        if (!kind.isEmpty()) {
            label(
                    kind,
                    kind.text().toLowerCase(Locale.ROOT),
                    "may have mixed case, but should otherwise match: ");
        }
    }

    private static void label(Field field) {
        label(field, field.text(), "");
    }

    private static void label(Field field, String text, String before) {
        List<String> wrong = Names.dns1035Label(text);
        if (!wrong.isEmpty()) {
            field.invalid(before + String.join(",", wrong));
        }
    }
}
