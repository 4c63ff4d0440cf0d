package dev.gantry.state.validation;

import dev.gantry.model.quantity.Quantity;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Whether two trees mean the same, both in the form that Go writes.
 *
 * <p>Compat: apimachinery's {@code Semantic.DeepEqual}: absent, null and an empty list are the
 * same, and so are two ways to write one quantity. An empty object or text is there in that form
 * only where it was said, and so differs from none: Go holds it by a pointer.
 */
public final class Sameness {
    private Sameness() {}

    public static boolean same(JsonNode one, JsonNode other) {
        if (isNothing(one) || isNothing(other)) {
            return isNothing(one) && isNothing(other);
        }
        if (one.isObject() && other.isObject()) {
            return sameFields(one, other);
        }
        if (one.isArray() && other.isArray()) {
            return sameItems(one, other);
        }
        if (one.isIntegralNumber() && other.isIntegralNumber()) {
            return one.asLong() == other.asLong();
        }
        return one.equals(other) || sameQuantity(one, other);
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull() || (node.isArray() && node.isEmpty());
    }

    private static boolean sameFields(JsonNode one, JsonNode other) {
        Set<String> names = new TreeSet<>(one.propertyNames());
        names.addAll(other.propertyNames());
        for (String name : names) {
            if (!same(one.path(name), other.path(name))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameItems(JsonNode one, JsonNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<JsonNode> others = other.iterator();
        for (JsonNode each : one) {
            if (!same(each, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameQuantity(JsonNode one, JsonNode other) {
        Optional<Quantity> left = quantity(one);
        Optional<Quantity> right = quantity(other);
        return left.isPresent()
                && right.isPresent()
                && left.get().compareTo(right.get()) == 0
                && (one.isNumber() || other.isNumber());
    }

    private static Optional<Quantity> quantity(JsonNode node) {
        return node.isString() || node.isNumber()
                ? Quantity.parse(node.asString(""))
                : Optional.empty();
    }
}
