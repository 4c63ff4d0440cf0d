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

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();

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
        one("sign", "quantity_sign", SimpleType.INT, q -> (long) q.signum());
        one("isInteger", "quantity_is_integer", SimpleType.BOOL, CelLibrary::isInteger);
        one("asInteger", "quantity_get_int", SimpleType.INT, Quantity::toLong);
        one(
                "asApproximateFloat",
                "quantity_get_float",
                SimpleType.DOUBLE,
                q -> q.value().doubleValue());
        two("compareTo", "quantity_compare_to", SimpleType.INT, (a, b) -> (long) a.compareTo(b));
        two(
                "isGreaterThan",
                "quantity_is_greater_than",
                SimpleType.BOOL,
                (a, b) -> a.compareTo(b) > 0);
        two("isLessThan", "quantity_is_less_than", SimpleType.BOOL, (a, b) -> a.compareTo(b) < 0);
        two("add", "quantity_add", QUANTITY, Quantity::plus);
        two("sub", "quantity_sub", QUANTITY, Quantity::minus);
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
        part("major", "semver_major", Semver::major);
        part("minor", "semver_minor", Semver::minor);
        part("patch", "semver_patch", Semver::patch);
        compare("compareTo", "semver_compare_to", SimpleType.INT, (a, b) -> (long) a.compareTo(b));
        compare(
                "isGreaterThan",
                "semver_is_greater_than",
                SimpleType.BOOL,
                (a, b) -> a.compareTo(b) > 0);
        compare("isLessThan", "semver_is_less_than", SimpleType.BOOL, (a, b) -> a.compareTo(b) < 0);
    }

    private void one(String name, String id, CelType result, Unary<Quantity> function) {
        add(
                name,
                newMemberOverload(id, result, QUANTITY),
                CelFunctionBinding.from(id, Quantity.class, function));
    }

    private void two(String name, String id, CelType result, Binary<Quantity, Quantity> function) {
        add(
                name,
                newMemberOverload(id, result, QUANTITY, QUANTITY),
                CelFunctionBinding.from(id, Quantity.class, Quantity.class, function));
    }

    private void withInt(String name, String id, Binary<Quantity, Long> function) {
        add(
                name,
                newMemberOverload(id, QUANTITY, QUANTITY, SimpleType.INT),
                CelFunctionBinding.from(id, Quantity.class, Long.class, function));
    }

    private void part(String name, String id, Unary<Semver> function) {
        add(
                name,
                newMemberOverload(id, SimpleType.INT, SEMVER),
                CelFunctionBinding.from(id, Semver.class, function));
    }

    private void compare(String name, String id, CelType result, Binary<Semver, Semver> function) {
        add(
                name,
                newMemberOverload(id, result, SEMVER, SEMVER),
                CelFunctionBinding.from(id, Semver.class, Semver.class, function));
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
