package dev.gantry.state.codec;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.GoValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is said of a patch that makes of an object what is none of its kind.
 *
 * <p>Compat: after a strategic merge patch, which upstream applies to a map and converts by {@code
 * FromUnstructured}, the patch is shown as Go prints it, and the fault in that converter's words.
 * After any other patch the whole object is read anew, and shown.
 *
 * @param object as the patch left it
 * @param strategic the patch, if it is such a one
 */
record PatchFault(byte[] object, Optional<byte[]> strategic) {
    private static final int SHOWN_BYTES = 4096;

    /** As the reader of bodies words it. */
    private static final Pattern MISTYPED =
            Pattern.compile("json: cannot unmarshal (\\S+)(?: (\\S+))? into Go .*of type (\\S+)");

    Refusal because(String why) {
        String shown =
                strategic
                        .map(
                                patch ->
                                        GoText.quote(
                                                GoValue.printed(
                                                        JsonMapper.shared().readTree(patch))))
                        .orElseGet(() -> JsonMapper.shared().writeValueAsString(start()));
        String words = strategic.isPresent() ? inWordsOfConversion(why) : why;
        return new Refusal.Invalid("", "", "", List.of(FieldError.invalid("patch", shown, words)));
    }

    private String start() {
        return new String(object, 0, Math.min(object.length, SHOWN_BYTES), StandardCharsets.UTF_8);
    }

    private static String inWordsOfConversion(String why) {
        Matcher mistyped = MISTYPED.matcher(why);
        if (!mistyped.matches()) {
            return why;
        }
        String number = mistyped.group(2) == null ? "" : mistyped.group(2);
        String found =
                switch (mistyped.group(1)) {
                    case "number" -> number.contains(".") ? "float64" : "int64";
                    case "array" -> "slice";
                    case "object" -> "map";
                    default -> mistyped.group(1);
                };
        String wanted = mistyped.group(3);
        return switch (wanted) {
            case "string" ->
                    found.equals("int64")
                            ? "cannot convert int64 to string"
                            : "unrecognized type: string";
            case "int32", "int64" ->
                    found.equals("float64")
                            ? "cannot convert float64 to " + wanted
                            : "unrecognized type: " + wanted;
            case "bool", "float64" -> "unrecognized type: " + wanted;
            default -> ofParts(wanted, found);
        };
    }

    private static String ofParts(String wanted, String found) {
        if (wanted.startsWith("[]")) {
            return "cannot restore slice from " + found;
        }
        return wanted.startsWith("map[")
                ? "cannot restore map from " + found
                : "cannot restore struct from: " + found;
    }
}
