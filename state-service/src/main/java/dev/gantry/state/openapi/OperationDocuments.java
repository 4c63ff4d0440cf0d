package dev.gantry.state.openapi;

import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Single operations: parameters, bodies, replies.
 *
 * <p>Compat: {@code endpoints/installer.go} of apiserver; of custom kinds, {@code
 * controller/openapi/builder} of apiextensions-apiserver.
 */
final class OperationDocuments {
    private static final List<String> DELETE =
            List.of(
                    "dryRun",
                    "gracePeriodSeconds",
                    "ignoreStoreReadErrorWithClusterBreakingPotential",
                    "orphanDependents",
                    "propagationPolicy");
    private static final List<String> LIST =
            List.of(
                    "allowWatchBookmarks",
                    "continue",
                    "fieldSelector",
                    "labelSelector",
                    "limit",
                    "pretty",
                    "resourceVersion",
                    "resourceVersionMatch",
                    "sendInitialEvents",
                    "shardSelector",
                    "timeoutSeconds",
                    "watch");

    private final Dialect dialect;
    private final Schemas schemas;
    private final TypeDocuments types;
    private final ParameterDocuments parameters;

    OperationDocuments(Dialect dialect, Schemas schemas) {
        this.dialect = dialect;
        this.schemas = schemas;
        this.types = new TypeDocuments(dialect);
        this.parameters = new ParameterDocuments(dialect);
    }

    Operation get(Endpoint at) {
        Outline outline =
                outline(at, "read", at.words(""), "read " + at.specified())
                        .replies(type(at.body()), List.of(200));
        return finish(
                at,
                "get",
                "get",
                outline,
                isCustom(at) ? List.of("pretty", "resourceVersion") : List.of("pretty"));
    }

    Operation list(Endpoint at) {
        boolean isWatched = at.resource().verbs().contains("watch");
        Outline outline =
                outline(
                                at,
                                "list",
                                at.words(""),
                                (isWatched ? "list or watch" : "list")
                                        + " objects of kind "
                                        + at.kind())
                        .produces(mediaTypes(at).streams())
                        .replies(listType(at), List.of(200));
        return finish(at, "get", "list", outline, LIST);
    }

    Operation create(Endpoint at) {
        Outline outline =
                outline(at, "create", at.words(""), "create " + at.indefinite())
                        .body(type(at.body()), true)
                        .replies(type(at.body()), List.of(200, 201, 202));
        return finish(at, "post", "post", outline, changing("fieldValidation"));
    }

    Operation replace(Endpoint at) {
        Outline outline =
                outline(at, "replace", at.words(""), "replace " + at.specified())
                        .body(type(at.body()), true)
                        .replies(type(at.body()), List.of(200, 201));
        return finish(at, "put", "put", outline, changing("fieldValidation"));
    }

    Operation patch(Endpoint at) {
        Outline outline =
                outline(at, "patch", at.words(""), "partially update " + at.specified())
                        .consumes(mediaTypes(at).patches())
                        .body(types.patch(), true)
                        .replies(type(at.body()), isCustom(at) ? List.of(200) : List.of(200, 201));
        return finish(at, "patch", "patch", outline, changing("fieldValidation", "force"));
    }

    Operation delete(Endpoint at, boolean returnsObject) {
        Outline outline =
                outline(at, "delete", at.words(""), "delete " + at.indefinite())
                        .body(type(GroupVersionKind.DELETE_OPTIONS), false)
                        .replies(
                                type(returnsObject ? at.body() : TypeDocuments.STATUS),
                                List.of(200, 202));
        return finish(at, "delete", "delete", outline, with(DELETE, "pretty"));
    }

    /** Compat: of custom kinds, what is listed is told to be deleted. */
    Operation deleteCollection(Endpoint at) {
        Outline outline =
                outline(
                                at,
                                "delete",
                                "Collection" + at.words(""),
                                "delete collection of " + at.kind())
                        .replies(type(TypeDocuments.STATUS), List.of(200));
        if (isCustom(at)) {
            return finish(at, "delete", "deletecollection", outline, LIST);
        }
        List<String> queries = new ArrayList<>(LIST);
        queries.removeAll(List.of("allowWatchBookmarks", "watch"));
        queries.addAll(DELETE);
        return finish(
                at,
                "delete",
                "deletecollection",
                outline.body(type(GroupVersionKind.DELETE_OPTIONS), false),
                queries);
    }

    Operation watch(Endpoint at, boolean isList) {
        String said =
                isList
                        ? "watch individual changes to a list of %s. deprecated: use the 'watch'"
                                + " parameter with a list operation instead."
                        : "watch changes to an object of kind %s. deprecated: use the 'watch'"
                                + " parameter with a list operation instead, filtered to a single"
                                + " item with the 'fieldSelector' parameter.";
        Outline outline =
                outline(at, "watch", at.words(isList ? "List" : ""), said.formatted(at.kind()))
                        .produces(mediaTypes(at).streams())
                        .replies(types.watchEvent(), List.of(200));
        return finish(at, "get", isList ? "watchlist" : "watch", outline, LIST);
    }

    Operation log(Endpoint at, List<String> queries) {
        Outline outline =
                outline(at, "read", at.words(""), "read " + at.specified())
                        .produces(mediaTypes(at).texts())
                        .replies(text(), List.of(200));
        return finish(at, "get", "get", outline, queries);
    }

    /**
     * @param suffix of the operation's id
     */
    Operation connect(Endpoint at, String method, String suffix, List<String> queries) {
        String upper = method.toUpperCase(Locale.ROOT);
        Outline outline =
                outline(
                                at,
                                "connect",
                                ApiGroupName.capitalized(method) + at.words(suffix),
                                "connect %s requests to %s of %s"
                                        .formatted(upper, at.name(), at.kind()))
                        .produces(List.of("*/*"))
                        .replies(text(), List.of(200));
        return finish(at, method, "connect", outline, queries);
    }

    private static List<String> changing(String... further) {
        return with(List.of("dryRun", "fieldManager", "pretty"), further);
    }

    private static List<String> with(List<String> some, String... further) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(further));
        return all;
    }

    private Outline outline(Endpoint at, String verb, String words, String description) {
        GroupVersionKind kind = at.resource().kind();
        ApiGroupName group = ApiGroupName.of(kind.group());
        String id = verb + group.inId(kind.version()) + words;
        return new Outline(dialect, id, description, group.tag(kind.version()))
                .consumes(isCustom(at) ? mediaTypes(at).plain() : List.of("*/*"))
                .produces(mediaTypes(at).plain());
    }

    private Operation finish(
            Endpoint at, String method, String action, Outline outline, List<String> queries) {
        ObjectNode document = outline.document();
        document.put("x-kubernetes-action", action);
        GroupVersionKind kind = isCustom(at) ? at.resource().kind() : at.body();
        document.set("x-kubernetes-group-version-kind", TypeDocuments.kindOf(kind));
        String of = action.equals("patch") ? action : owner(at);
        List<ObjectNode> all = new ArrayList<>();
        queries.forEach(name -> all.add(parameters.query(of, name)));
        return new Operation(method, document, all);
    }

    /** Queries of connections are described by what they lead to. */
    private static String owner(Endpoint at) {
        return at.name().equals("proxy") ? at.resource().plural() : at.name();
    }

    private MediaTypes mediaTypes(Endpoint at) {
        return isCustom(at) ? MediaTypes.CUSTOM : MediaTypes.BUILTIN;
    }

    private boolean isCustom(Endpoint at) {
        return schemas.of(at.resource().kind()).filter(type -> !type.isBuiltin()).isPresent();
    }

    private ObjectNode listType(Endpoint at) {
        GroupVersionKind kind = at.resource().kind();
        return schemas.of(kind.list())
                .map(types::reference)
                .or(() -> schemas.of(kind).map(types::listReference))
                .orElseGet(OperationDocuments::anything);
    }

    private ObjectNode type(GroupVersionKind kind) {
        return schemas.of(kind).map(types::reference).orElseGet(OperationDocuments::anything);
    }

    private static ObjectNode text() {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }

    private static ObjectNode anything() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }
}
