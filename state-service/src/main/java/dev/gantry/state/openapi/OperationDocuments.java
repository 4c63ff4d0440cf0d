package dev.gantry.state.openapi;

import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.TypeSchema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Single operations: parameters, bodies, replies. */
final class OperationDocuments {
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final List<String> PATCHES =
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    STRATEGIC,
                    "application/apply-patch+yaml");
    private static final List<String> BODIES =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

    private final Dialect dialect;
    private final Schemas schemas;
    private final TypeDocuments types;

    OperationDocuments(Dialect dialect, Schemas schemas) {
        this.dialect = dialect;
        this.schemas = schemas;
        this.types = new TypeDocuments(dialect);
    }

    ObjectNode of(String path, GroupVersionKind kind, String verb) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        operation.putArray("tags").add(tag(kind));
        operation.put("operationId", verb + words(path));
        ArrayNode parameters = operation.putArray("parameters");
        queries(verb).forEach(name -> parameters.add(query(name)));
        body(operation, parameters, kind, verb);
        ObjectNode replies = operation.putObject("responses");
        GroupVersionKind reply = verb.equals("list") ? kind.list() : kind;
        reply(replies.putObject("200").put("description", "OK"), reply);
        replies.putObject("401").put("description", "Unauthorized");
        operation.put("x-kubernetes-action", action(verb));
        operation.set("x-kubernetes-group-version-kind", TypeDocuments.kindOf(kind));
        return operation;
    }

    ObjectNode pathParameter(String name) {
        return typed(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", name)
                        .put("in", "path")
                        .put("required", true),
                "string");
    }

    /** kubectl looks for fieldValidation here to know that the server validates. */
    private static List<String> queries(String verb) {
        return switch (verb) {
            case "create", "update" -> List.of("dryRun", "fieldManager", "fieldValidation");
            case "patch" -> List.of("dryRun", "fieldManager", "fieldValidation", "force");
            case "delete" ->
                    List.of(
                            "dryRun",
                            "gracePeriodSeconds",
                            "orphanDependents",
                            "propagationPolicy");
            case "list" ->
                    List.of(
                            "allowWatchBookmarks",
                            "continue",
                            "fieldSelector",
                            "labelSelector",
                            "limit",
                            "resourceVersion",
                            "resourceVersionMatch",
                            "sendInitialEvents",
                            "timeoutSeconds",
                            "watch");
            case "deletecollection" ->
                    List.of("continue", "dryRun", "fieldSelector", "labelSelector", "limit");
            default -> List.of();
        };
    }

    private ObjectNode query(String name) {
        String type =
                switch (name) {
                    case "force",
                            "watch",
                            "allowWatchBookmarks",
                            "sendInitialEvents",
                            "orphanDependents" ->
                            "boolean";
                    case "limit", "timeoutSeconds", "gracePeriodSeconds" -> "integer";
                    default -> "string";
                };
        return typed(
                JsonNodeFactory.instance.objectNode().put("name", name).put("in", "query"), type);
    }

    private ObjectNode typed(ObjectNode parameter, String type) {
        if (dialect == Dialect.V2) {
            return parameter.put("type", type).put("uniqueItems", true);
        }
        parameter.putObject("schema").put("type", type).put("uniqueItems", true);
        return parameter;
    }

    private void body(
            ObjectNode operation, ArrayNode parameters, GroupVersionKind kind, String verb) {
        boolean isPatch = verb.equals("patch");
        if (!isPatch && !verb.equals("create") && !verb.equals("update")) {
            return;
        }
        ObjectNode shape =
                isPatch ? JsonNodeFactory.instance.objectNode().put("type", "object") : type(kind);
        if (dialect == Dialect.V2) {
            if (isPatch) {
                ArrayNode consumes = operation.putArray("consumes");
                patches(kind).forEach(consumes::add);
            }
            parameters
                    .addObject()
                    .put("in", "body")
                    .put("name", "body")
                    .put("required", true)
                    .set("schema", shape);
            return;
        }
        ObjectNode content =
                operation.putObject("requestBody").put("required", true).putObject("content");
        (isPatch ? patches(kind) : List.of("*/*"))
                .forEach(each -> content.putObject(each).set("schema", shape));
    }

    /** kubectl sends a strategic patch of any kind that says here that it takes one. */
    private List<String> patches(GroupVersionKind kind) {
        boolean isBuiltin = schemas.of(kind).map(TypeSchema::isBuiltin).orElse(true);
        return isBuiltin
                ? PATCHES
                : PATCHES.stream().filter(each -> !each.equals(STRATEGIC)).toList();
    }

    private void reply(ObjectNode reply, GroupVersionKind kind) {
        if (dialect == Dialect.V2) {
            reply.set("schema", type(kind));
            return;
        }
        ObjectNode content = reply.putObject("content");
        BODIES.forEach(each -> content.putObject(each).set("schema", type(kind)));
    }

    private ObjectNode type(GroupVersionKind kind) {
        return schemas.of(kind)
                .map(types::reference)
                .or(() -> schemas.of(kind.item()).map(types::listReference))
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("type", "object"));
    }

    private static String action(String verb) {
        return switch (verb) {
            case "create" -> "post";
            case "update" -> "put";
            default -> verb;
        };
    }

    private static String tag(GroupVersionKind kind) {
        String group = kind.group().isEmpty() ? "core" : kind.group().split("\\.")[0];
        return group + "_" + kind.version();
    }

    /** {@code /api/v1/nodes/{name}} becomes {@code ApiV1NodesName}. */
    private static String words(String path) {
        return Arrays.stream(path.split("[^A-Za-z0-9]+"))
                .filter(each -> !each.isEmpty())
                .map(each -> Character.toUpperCase(each.charAt(0)) + each.substring(1))
                .collect(Collectors.joining());
    }
}
