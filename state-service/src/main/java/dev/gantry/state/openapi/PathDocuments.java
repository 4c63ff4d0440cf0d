package dev.gantry.state.openapi;

import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.discovery.ServedResource.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Paths and what can be done with them. */
final class PathDocuments {
    private final OperationDocuments operations;

    PathDocuments(Dialect dialect, Schemas schemas) {
        this.operations = new OperationDocuments(dialect, schemas);
    }

    /** Adds the paths of one resource, and of what is below it. */
    void addTo(ObjectNode paths, ServedResource resource) {
        GroupVersionKind kind = resource.kind();
        String root = kind.group().isEmpty() ? "/api/" : "/apis/" + kind.group() + "/";
        root += kind.version();
        String home = resource.isNamespaced() ? root + "/namespaces/{namespace}" : root;
        String collection = home + "/" + resource.plural();
        String named = collection + "/{name}";
        boolean isStored = resource.verbs().contains("list");
        paths.set(
                collection,
                path(
                        collection,
                        kind,
                        resource.verbs(),
                        List.of("list", "create", "deletecollection")));
        if (isStored) {
            paths.set(
                    named,
                    path(
                            named,
                            kind,
                            resource.verbs(),
                            List.of("get", "update", "patch", "delete")));
        }
        if (isStored && resource.isNamespaced()) {
            String everywhere = root + "/" + resource.plural();
            paths.set(everywhere, path(everywhere, kind, resource.verbs(), List.of("list")));
        }
        for (Subresource below : resource.subresources()) {
            String path = named + "/" + below.name();
            paths.set(path, path(path, below.kind(), below.verbs(), below.verbs()));
        }
    }

    private ObjectNode path(
            String path, GroupVersionKind kind, List<String> allowed, List<String> verbs) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        for (String verb : verbs) {
            Optional<String> method = methodOf(verb);
            if (allowed.contains(verb) && method.isPresent()) {
                document.set(method.get(), operations.of(path, kind, verb));
            }
        }
        ArrayNode parameters = document.putArray("parameters");
        for (String name : List.of("namespace", "name")) {
            if (path.contains("{" + name + "}")) {
                parameters.add(operations.pathParameter(name));
            }
        }
        return document;
    }

    private static Optional<String> methodOf(String verb) {
        return switch (verb) {
            case "get", "list" -> Optional.of("get");
            case "create" -> Optional.of("post");
            case "update" -> Optional.of("put");
            case "patch" -> Optional.of("patch");
            case "delete", "deletecollection" -> Optional.of("delete");
            default -> Optional.empty();
        };
    }
}
