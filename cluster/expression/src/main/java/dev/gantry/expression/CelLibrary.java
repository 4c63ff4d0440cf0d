package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload.Binary;
import dev.cel.runtime.CelFunctionOverload.Unary;
import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Kubernetes adds to CEL for devices: quantities and semantic versions.
 *
 * <p>Compat: apiserver's {@code library.Quantity} and {@code library.SemverLib}.
 */
final class CelLibrary {
    static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");

    private static final Receiver<Quantity> QUANTITIES = new Receiver<>(QUANTITY, Quantity.class);
    private static final Receiver<Semver> VERSIONS = new Receiver<>(SEMVER, Semver.class);

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();

    /** What member functions are called on. */
    private record Receiver<T>(CelType type, Class<T> java) {}

    CelLibrary() {
        addQuantities();
        addVersions();
    }

    List<CelFunctionDecl> declarations() {
        return declared.entrySet().stream()
                .map(e -> CelFunctionDecl.newFunctionDeclaration(e.getKey(), e.getValue()))
                .toList();
    }

    List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> all = new ArrayList<>();
        bound.forEach((name, list) -> all.addAll(CelFunctionBinding.fromOverloads(name, list)));
        return all;
    }

    private void addQuantities() {
        add(
                "quantity",
                newGlobalOverload("string_to_quantity", QUANTITY, SimpleType.STRING),
                CelFunctionBinding.from(
                        "string_to_quantity", String.class, CelLibrary::toQuantity));
        add(
                "isQuantity",
                newGlobalOverload("is_quantity_string", SimpleType.BOOL, SimpleType.STRING),
                CelFunctionBinding.from(
                        "is_quantity_string",
                        String.class,
                        text -> Quantity.parse(text).isPresent()));
        one(QUANTITIES, "sign", "quantity_sign", SimpleType.INT, q -> (long) q.signum());
        one(QUANTITIES, "isInteger", "quantity_is_integer", SimpleType.BOOL, CelLibrary::isInteger);
        one(QUANTITIES, "asInteger", "quantity_get_int", SimpleType.INT, Quantity::toLong);
        one(
                QUANTITIES,
                "asApproximateFloat",
                "quantity_get_float",
                SimpleType.DOUBLE,
                q -> q.value().doubleValue());
        addOrder(QUANTITIES, "quantity");
        two(QUANTITIES, "add", "quantity_add", QUANTITY, Quantity::plus);
        two(QUANTITIES, "sub", "quantity_sub", QUANTITY, Quantity::minus);
        withInt("add", "quantity_add_int", (a, n) -> a.plus(whole(n)));
        withInt("sub", "quantity_sub_int", (a, n) -> a.minus(whole(n)));
    }

    private void addVersions() {
        add(
                "semver",
                newGlobalOverload("string_to_semver", SEMVER, SimpleType.STRING),
                CelFunctionBinding.from("string_to_semver", String.class, CelLibrary::toSemver));
        add(
                "isSemver",
                newGlobalOverload("is_semver_string", SimpleType.BOOL, SimpleType.STRING),
                CelFunctionBinding.from(
                        "is_semver_string", String.class, text -> Semver.parse(text).isPresent()));
        one(VERSIONS, "major", "semver_major", SimpleType.INT, Semver::major);
        one(VERSIONS, "minor", "semver_minor", SimpleType.INT, Semver::minor);
        one(VERSIONS, "patch", "semver_patch", SimpleType.INT, Semver::patch);
        addOrder(VERSIONS, "semver");
    }

    private <T extends Comparable<T>> void addOrder(Receiver<T> on, String prefix) {
        String id = prefix + "_is_";
        two(
                on,
                "compareTo",
                prefix + "_compare_to",
                SimpleType.INT,
                (a, b) -> (long) a.compareTo(b));
        two(
                on,
                "isGreaterThan",
                id + "greater_than",
                SimpleType.BOOL,
                (a, b) -> a.compareTo(b) > 0);
        two(on, "isLessThan", id + "less_than", SimpleType.BOOL, (a, b) -> a.compareTo(b) < 0);
    }

    private <T> void one(
            Receiver<T> on, String name, String id, CelType result, Unary<T> function) {
        add(
                name,
                newMemberOverload(id, result, on.type),
                CelFunctionBinding.from(id, on.java, function));
    }

    private <T> void two(
            Receiver<T> on, String name, String id, CelType result, Binary<T, T> function) {
        add(
                name,
                newMemberOverload(id, result, on.type, on.type),
                CelFunctionBinding.from(id, on.java, on.java, function));
    }

    private void withInt(String name, String id, Binary<Quantity, Long> function) {
        add(
                name,
                newMemberOverload(id, QUANTITY, QUANTITY, SimpleType.INT),
                CelFunctionBinding.from(id, Quantity.class, Long.class, function));
    }

    private void add(String name, CelOverloadDecl declaration, CelFunctionBinding binding) {
        declared.computeIfAbsent(name, _ -> new ArrayList<>()).add(declaration);
        bound.computeIfAbsent(name, _ -> new ArrayList<>()).add(binding);
    }

    private static Quantity toQuantity(String text) {
        return Quantity.parse(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "quantities must match the regular expression"
                                                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
    }

    private static Semver toSemver(String text) {
        return Semver.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no semantic version: " + text));
    }

    private static Object isInteger(Quantity quantity) {
        return quantity.value().stripTrailingZeros().scale() <= 0;
    }

    private static Quantity whole(long number) {
        return new Quantity(java.math.BigDecimal.valueOf(number), Quantity.Format.DECIMAL_SI);
    }
}
