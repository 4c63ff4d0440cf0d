package dev.gantry.state.strategy;

import dev.gantry.model.quantity.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts quantities into the canonical form in which they are stored. */
public final class Quantities {
    private static final int MILLI_DIGITS = 3;

    private Quantities() {}

    /** A map of amounts. Compat: finer than a thousandth is rounded up. */
    public static void canonicalMap(JsonNode parent, String field) {
        if (parent.path(field) instanceof ObjectNode amounts) {
            for (String name : List.copyOf(amounts.propertyNames())) {
                Quantity.parse(amounts.path(name).asString(""))
                        .ifPresent(found -> amounts.put(name, inMilli(found).toString()));
            }
        }
    }

    /** A single amount. */
    public static void canonical(ObjectNode parent, String field) {
        JsonNode found = parent.path(field);
        if (found.isString() || found.isNumber()) {
            Quantity.parse(found.asString(""))
                    .ifPresent(amount -> parent.put(field, amount.toString()));
        }
    }

    private static Quantity inMilli(Quantity amount) {
        BigDecimal value = amount.value();
        return value.scale() <= MILLI_DIGITS
                ? amount
                : new Quantity(value.setScale(MILLI_DIGITS, RoundingMode.UP), amount.format());
    }
}
