package dev.gantry.expression;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What expressions call the properties of objects.
 *
 * <p>Compat: {@code cel.Escape}: {@code x-y} is {@code x__dash__y}, and {@code in} is {@code
 * __in__}.
 */
public final class CelNames {
    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z_.\\-/][a-zA-Z0-9_.\\-/]*");
    private static final Set<String> RESERVED =
            Set.of(
                    "true",
                    "false",
                    "null",
                    "in",
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "for",
                    "function",
                    "if",
                    "import",
                    "let",
                    "loop",
                    "package",
                    "namespace",
                    "return");

    /** Reserved for languages that CEL is like; a property may be called so. */
    private static final Set<String> RESERVED_FOR_IDENTIFIERS = Set.of("var", "void", "while");

    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

    private CelNames() {}

    /** Whether a variable may be called so. */
    public static boolean isIdentifier(String name) {
        return IDENTIFIER.matcher(name).matches()
                && !RESERVED.contains(name)
                && !RESERVED_FOR_IDENTIFIERS.contains(name);
    }

    /** Empty where they cannot name it. */
    public static Optional<String> of(String property) {
        if (RESERVED.contains(property)) {
            return Optional.of("__" + property + "__");
        }
        if (!SHAPE.matcher(property).matches()) {
            return Optional.empty();
        }
        String escaped =
                property.replace("__", "__underscores__")
                        .replace(".", "__dot__")
                        .replace("-", "__dash__")
                        .replace("/", "__slash__");
        return Optional.of(escaped);
    }
}
