package dev.gantry.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object that an expression makes: {@code Object.spec{replicas: 3}}.
 *
 * @param type as it is written: {@code Object}, and below it the fields on the way
 */
public record ObjectLiteral(String type, Map<String, Object> fields) {
    /**
     * Where a type is not that of the place where its object stands.
     *
     * <p>Compat: {@code CheckTypeNamesMatchFieldPathNames} of apiserver's {@code cel/mutation}.
     */
    public Optional<String> mismatch() {
        List<String> errors = new ArrayList<>();
        check(this, type, errors);
        return errors.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", errors));
    }

    private static void check(Object value, String expected, List<String> errors) {
        switch (value) {
            case ObjectLiteral literal -> {
                if (!literal.type.equals(expected)) {
                    errors.add(
                            "unexpected type name \"%s\", expected \"%s\", which matches field name path from root Object type"
                                    .formatted(literal.type, expected));
                }
                literal.fields.forEach(
                        (name, field) -> check(field, expected + "." + name, errors));
            }
            case Collection<?> list -> list.forEach(each -> check(each, expected, errors));
            case Map<?, ?> map -> map.values().forEach(each -> check(each, expected, errors));
            default -> {}
        }
    }
}
