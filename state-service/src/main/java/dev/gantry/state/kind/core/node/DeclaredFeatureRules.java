package dev.gantry.state.kind.core.node;

import dev.gantry.state.validation.Field;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The features that a node says it has: names in order, each once. Compat: {@code ValidateNode}.
 */
final class DeclaredFeatureRules {
    private static final Pattern NAME =
            Pattern.compile("[A-Z][A-Za-z0-9]*(/[A-Za-z][A-Za-z0-9]*)*");
    private static final int LONGEST = 253;

    private DeclaredFeatureRules() {}

    static void check(Field features) {
        Optional<String> previous = Optional.empty();
        for (Field feature : features.items()) {
            String name = feature.text();
            int order = previous.map(name::compareTo).orElse(1);
            if (order == 0) {
                feature.duplicate();
            } else if (order < 0) {
                feature.invalid("list must be sorted alphabetically");
            }
            name(feature, name);
            previous = Optional.of(name);
        }
    }

    private static void name(Field feature, String name) {
        String invalid = "invalid feature name \"" + name + "\": ";
        if (name.length() > LONGEST) {
            feature.invalid(invalid + "must be no more than " + LONGEST + " characters");
        } else if (!NAME.matcher(name).matches()) {
            feature.invalid(
                    invalid
                            + "must start with an UpperCamelCase segment, with subsequent segments"
                            + " separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and"
                            + " contain only alphanumeric characters and slashes");
        }
    }
}
