package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.gantry.expression.CelFunctions.Typed;
import dev.gantry.model.quantity.Quantity;
import java.math.BigDecimal;

/** Amounts. Compat: apiserver's {@code library.Quantity}. */
final class QuantityFunctions {
    static final CelType TYPE = OpaqueType.create("kubernetes.Quantity");
    static final CelFunctions ALL = new CelFunctions();
    private static final Typed<Quantity> AMOUNT = new Typed<>(TYPE, Quantity.class);
    private static final Typed<String> TEXT = new Typed<>(SimpleType.STRING, String.class);

    static {
        ALL.global("quantity", "string_to_quantity", TYPE, TEXT, QuantityFunctions::of)
                .global(
                        "isQuantity",
                        "is_quantity_string",
                        SimpleType.BOOL,
                        TEXT,
                        text -> Quantity.parse(text).isPresent())
                .member(
                        "sign",
                        "quantity_sign",
                        SimpleType.INT,
                        AMOUNT,
                        each -> (long) each.signum())
                .member(
                        "isInteger",
                        "quantity_is_integer",
                        SimpleType.BOOL,
                        AMOUNT,
                        each -> each.value().stripTrailingZeros().scale() <= 0)
                .member("asInteger", "quantity_get_int", SimpleType.INT, AMOUNT, Quantity::toLong)
                .member(
                        "asApproximateFloat",
                        "quantity_get_float",
                        SimpleType.DOUBLE,
                        AMOUNT,
                        each -> each.value().doubleValue())
                .both("add", "quantity_add", TYPE, AMOUNT, Quantity::plus)
                .both("sub", "quantity_sub", TYPE, AMOUNT, Quantity::minus)
                .member(
                        "add",
                        newMemberOverload("quantity_add_int", TYPE, TYPE, SimpleType.INT),
                        Quantity.class,
                        Long.class,
                        (one, other) -> one.plus(whole(other)))
                .member(
                        "sub",
                        newMemberOverload("quantity_sub_int", TYPE, TYPE, SimpleType.INT),
                        Quantity.class,
                        Long.class,
                        (one, other) -> one.minus(whole(other)));
        Ordered.add(ALL, AMOUNT, "quantity");
    }

    private QuantityFunctions() {}

    private static Quantity of(String text) {
        return Quantity.parse(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "quantities must match the regular expression"
                                                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
    }

    private static Quantity whole(long number) {
        return new Quantity(BigDecimal.valueOf(number), Quantity.Format.DECIMAL_SI);
    }
}
