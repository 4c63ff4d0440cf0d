package dev.gantry.state.apply;

import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.validation.GoValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether a configuration has the form of its type.
 *
 * <p>Compat: structured-merge-diff's {@code validate.go}: each place is told by the keys of the
 * items above it, and a field that is not declared ends the look at its object. What is a number, a
 * time or a quantity is not read any closer here.
 */
public final class TypedCheck {
    private final List<String> errors = new ArrayList<>();

    private TypedCheck() {}

    /** The errors, each with its path; none where it has the form. */
    public static List<String> errors(JsonNode config, StructType type) {
        TypedCheck check = new TypedCheck();
        check.look(config, Node.root(type), "");
        return check.errors;
    }

    private void look(JsonNode value, Node node, String path) {
        if (value.isNull()) {
            return;
        }
        switch (node.shape().orElse(Shape.Scalar.ANY)) {
            case StructType _, Shape.MapOf _ -> object(value, node, path);
            case Shape.ListOf _ -> list(value, node, path);
            case Shape.Scalar scalar -> scalar(value, scalar, path);
        }
    }

    private void object(JsonNode value, Node node, String path) {
        if (!value.isObject()) {
            note(path, "expected map, got &{" + GoValue.printed(value) + "}");
            return;
        }
        for (var each : value.properties()) {
            String below = path + "." + each.getKey();
            if (node.isClosed() && !node.declares(each.getKey())) {
                note(below, "field not declared in schema");
                return;
            }
            look(each.getValue(), node.below(each.getKey()), below);
        }
    }

    private void list(JsonNode value, Node node, String path) {
        if (!value.isArray()) {
            note(path, "expected list, got &{" + GoValue.printed(value) + "}");
            return;
        }
        boolean isGranular = node.isGranularList(value);
        Set<String> found = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = value.get(i);
            boolean hasKeys = isGranular && !node.list().mapKeys().isEmpty();
            if (hasKeys && !item.isObject()) {
                String what = item.isNull() ? "a null element" : "non-map elements";
                note(
                        path,
                        "element %d: associative list with keys may not have %s"
                                .formatted(i, what));
                return;
            }
            String element =
                    isGranular ? Element.text(Element.item(node.list(), item)) : "[" + i + "]";
            if (isGranular && !found.add(element)) {
                note(path, "duplicate entries for key " + element);
            }
            look(item, node.item(), path + element);
        }
    }

    private void scalar(JsonNode value, Shape.Scalar scalar, String path) {
        switch (scalar) {
            case STRING, BYTES -> {
                if (!value.isString()) {
                    note(
                            path,
                            "expected string, got &value.valueUnstructured{Value:"
                                    + GoValue.inGoSyntax(value)
                                    + "}");
                }
            }
            case INT32, INT64, DOUBLE -> {
                if (!value.isNumber()) {
                    note(path, "expected numeric (int or float), got " + GoValue.type(value));
                }
            }
            case BOOL -> {
                if (!value.isBoolean()) {
                    note(path, "expected boolean, got &{" + GoValue.printed(value) + "}");
                }
            }
            case TIME, MICRO_TIME, QUANTITY -> {
                if (value.isContainer()) {
                    note(path, "expected any scalar, got &{" + GoValue.printed(value) + "}");
                }
            }
            case INT_OR_STRING, ANY -> {}
        }
    }

    private void note(String path, String why) {
        errors.add(path + ": " + why);
    }
}
