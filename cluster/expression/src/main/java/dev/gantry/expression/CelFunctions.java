package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload.Binary;
import dev.cel.runtime.CelFunctionOverload.Unary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions for expressions: what they are called with, and what they do. */
public final class CelFunctions {
    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();

    /**
     * A type of values, in the language and here.
     *
     * @param java the class of its values
     */
    public record Typed<T>(CelType type, Class<T> java) {}

    /** What Kubernetes adds to the language everywhere. */
    static List<CelFunctions> ofKubernetes() {
        return List.of(
                QuantityFunctions.ALL,
                SemverFunctions.ALL,
                UrlFunctions.ALL,
                AddressFunctions.ALL,
                ListFunctions.ALL,
                RegexFunctions.ALL,
                FormatFunctions.ALL,
                TextFunctions.ALL);
    }

    static CelFunctions merged(List<CelFunctions> all) {
        CelFunctions merged = new CelFunctions();
        for (CelFunctions each : all) {
            each.declared.forEach(
                    (name, list) ->
                            merged.declared
                                    .computeIfAbsent(name, _ -> new ArrayList<>())
                                    .addAll(list));
            each.bound.forEach(
                    (name, list) ->
                            merged.bound
                                    .computeIfAbsent(name, _ -> new ArrayList<>())
                                    .addAll(list));
        }
        return merged;
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

    /** {@code name(x)} */
    public <T> CelFunctions global(
            String name, String id, CelType result, Typed<T> argument, Unary<T> function) {
        return add(
                name,
                newGlobalOverload(id, result, argument.type),
                CelFunctionBinding.from(id, argument.java, function));
    }

    /** {@code x.name()} */
    public <T> CelFunctions member(
            String name, String id, CelType result, Typed<T> on, Unary<T> function) {
        return add(
                name,
                newMemberOverload(id, result, on.type),
                CelFunctionBinding.from(id, on.java, function));
    }

    /** As any other; {@code id} names the overload in both. */
    public CelFunctions add(String name, CelOverloadDecl declaration, CelFunctionBinding binding) {
        declared.computeIfAbsent(name, _ -> new ArrayList<>()).add(declaration);
        bound.computeIfAbsent(name, _ -> new ArrayList<>()).add(binding);
        return this;
    }

    /** {@code x.name(y)}, where both are of one type. */
    <T> CelFunctions both(
            String name, String id, CelType result, Typed<T> type, Binary<T, T> function) {
        return add(
                name,
                newMemberOverload(id, result, type.type, type.type),
                CelFunctionBinding.from(id, type.java, type.java, function));
    }

    /** {@code x.name(y)} */
    <T, U> CelFunctions member(
            String name, CelOverloadDecl declaration, Class<T> on, Class<U> with, Binary<T, U> f) {
        return add(
                name, declaration, CelFunctionBinding.from(declaration.overloadId(), on, with, f));
    }
}
