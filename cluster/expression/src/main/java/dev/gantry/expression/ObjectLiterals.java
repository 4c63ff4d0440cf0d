package dev.gantry.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableMap;
import dev.cel.common.ast.CelMutableExpr.CelMutableStruct;
import dev.cel.common.navigation.CelNavigableMutableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects that expressions make without a schema: {@code Object{…}}, and {@code JSONPatch{…}}.
 *
 * <p>The language knows literals of declared types only, and these may have any field. So a literal
 * is read as a call with a map: {@code Object.spec{replicas: 3}} becomes {@code
 * @part("Object.spec", {"replicas": 3})}.
 *
 * <p>Compat: {@code apiserver/pkg/cel/mutation}.
 */
final class ObjectLiterals {
    static final CelType OBJECT = OpaqueType.create("Object");
    static final CelType JSON_PATCH = OpaqueType.create("JSONPatch");

    private static final CelType FIELDS = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final List<String> PATCH_TEXTS = List.of("op", "path", "from");

    static final CelFunctions FUNCTIONS = new CelFunctions();

    static {
        declare("@object", "object_of_fields", OBJECT);
        declare("@part", "part_of_fields", SimpleType.DYN);
        FUNCTIONS.add(
                "@jsonPatch",
                CelOverloadDecl.newGlobalOverload("json_patch_of_fields", JSON_PATCH, FIELDS),
                CelFunctionBinding.from(
                        "json_patch_of_fields", Map.class, ObjectLiterals::operation));
        FUNCTIONS.add(
                "jsonpatch.escapeKey",
                CelOverloadDecl.newGlobalOverload(
                        "jsonpatch_escapeKey_string_string", SimpleType.STRING, SimpleType.STRING),
                CelFunctionBinding.from(
                        "jsonpatch_escapeKey_string_string",
                        String.class,
                        key -> key.replace("~", "~0").replace("/", "~1")));
    }

    private ObjectLiterals() {}

    private static void declare(String name, String id, CelType result) {
        FUNCTIONS.add(
                name,
                CelOverloadDecl.newGlobalOverload(id, result, SimpleType.STRING, FIELDS),
                CelFunctionBinding.from(id, String.class, Map.class, ObjectLiterals::object));
    }

    /** Whether it is a list of operations. Compat: one that is written empty is none. */
    static boolean isPatch(CelType type) {
        return type instanceof ListType list && list.elemType().equals(JSON_PATCH);
    }

    /** The tree of a text that was parsed, with calls for literals. */
    static CelAbstractSyntaxTree asCalls(CelAbstractSyntaxTree parsed) {
        CelMutableAst tree = CelMutableAst.fromCelAst(parsed);
        var root = CelNavigableMutableAst.fromAst(tree).getRoot();
        List<CelMutableExpr> literals =
                root.allNodes()
                        .filter(each -> each.getKind() == Kind.STRUCT)
                        .map(each -> each.expr())
                        .filter(each -> isOurs(each.struct().messageName()))
                        .toList();
        if (literals.isEmpty()) {
            return parsed;
        }
        Ids ids = new Ids(root.maxId());
        literals.forEach(each -> each.setCall(call(each.struct(), ids)));
        return tree.toParsedAst(true);
    }

    private static boolean isOurs(String type) {
        return type.equals("Object") || type.startsWith("Object.") || type.equals("JSONPatch");
    }

    private static CelMutableCall call(CelMutableStruct literal, Ids ids) {
        List<CelMutableMap.Entry> entries = new ArrayList<>();
        for (CelMutableStruct.Entry each : literal.entries()) {
            entries.add(
                    CelMutableMap.Entry.create(
                            each.id(),
                            text(each.fieldKey(), ids),
                            each.value(),
                            each.optionalEntry()));
        }
        CelMutableExpr fields = CelMutableExpr.ofMap(ids.next(), CelMutableMap.create(entries));
        String type = literal.messageName();
        return switch (type) {
            case "JSONPatch" -> CelMutableCall.create("@jsonPatch", fields);
            case "Object" -> CelMutableCall.create("@object", text(type, ids), fields);
            default -> CelMutableCall.create("@part", text(type, ids), fields);
        };
    }

    private static CelMutableExpr text(String text, Ids ids) {
        return CelMutableExpr.ofConstant(ids.next(), CelConstant.ofValue(text));
    }

    private static ObjectLiteral object(String type, Map<?, ?> fields) {
        Map<String, Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put((String) name, value));
        return new ObjectLiteral(type, copy);
    }

    private static ObjectLiteral operation(Map<?, ?> fields) {
        fields.forEach(
                (name, value) -> {
                    boolean isText = PATCH_TEXTS.contains(name);
                    if (isText && !(value instanceof String)) {
                        throw new IllegalArgumentException(
                                "unexpected type for JSONPatchType '%s' field".formatted(name));
                    }
                    if (!isText && !name.equals("value")) {
                        throw new IllegalArgumentException(
                                "unexpected JSONPatchType field: " + name);
                    }
                });
        return object("JSONPatch", fields);
    }

    /** Numbers for parts that the text does not have. */
    private static final class Ids {
        private long last;

        Ids(long last) {
            this.last = last;
        }

        long next() {
            return ++last;
        }
    }
}
