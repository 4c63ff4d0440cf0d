package dev.gantry.state.openapi;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.Shape.Scalar;
import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the values of enumerations mean. The models say nothing of them either.
 *
 * <p>A line per value: the field, or the type and the field where that alone would be ambiguous,
 * the value, and a few words. Underscores stand for spaces in values.
 *
 * <p>Compat: the form is that of {@code generators/enum.go} of kube-openapi.
 */
final class ValueWords {
    private static final Map<String, String> WORDS = read();

    private ValueWords() {}

    /** The paragraph at the end of a description, or nothing where any value is taken. */
    static String of(StructType owner, Field field) {
        if (field.enumeration().isEmpty() || !(field.shape() instanceof Scalar)) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        for (String value : field.enumeration()) {
            String said = said(owner, field, value);
            lines.add(" - `\"" + value + "\"`" + (said.isEmpty() ? "" : " " + said));
        }
        Collections.sort(lines);
        return "\n\nPossible enum values:\n" + String.join("\n", lines);
    }

    private static String said(StructType owner, Field field, String value) {
        String general = field.name() + " " + value;
        return WORDS.getOrDefault(
                owner.simpleName() + "." + general, WORDS.getOrDefault(general, ""));
    }

    private static Map<String, String> read() {
        Map<String, String> words = new TreeMap<>();
        for (String line : OwnWords.lines("values.txt")) {
            String[] parts = line.split(" ", 3);
            String value = parts[1].replace("\"\"", "").replace('_', ' ');
            words.put(parts[0] + " " + value, parts[2]);
        }
        return words;
    }
}
