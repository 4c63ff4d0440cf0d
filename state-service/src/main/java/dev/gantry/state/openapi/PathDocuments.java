package dev.gantry.state.openapi;

import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.discovery.ServedResource.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Paths of resources, and what can be done with them. */
final class PathDocuments {
    private static final List<String> PROXY_METHODS =
            List.of("delete", "get", "head", "options", "patch", "post", "put");

    /** What may be asked of connections. */
    private static final Map<String, List<String>> QUERIES =
            new TreeMap<>(
                    Map.of(
                            "attach", List.of("container", "stderr", "stdin", "stdout", "tty"),
                            "exec",
                                    List.of(
                                            "command",
                                            "container",
                                            "stderr",
                                            "stdin",
                                            "stdout",
                                            "tty"),
                            "log",
                                    List.of(
                                            "container",
                                            "follow",
                                            "insecureSkipTLSVerifyBackend",
                                            "limitBytes",
                                            "pretty",
                                            "previous",
                                            "sinceSeconds",
                                            "stream",
                                            "tailLines",
                                            "timestamps"),
                            "portforward", List.of("ports"),
                            "proxy", List.of("path")));

    private final Schemas schemas;
    private final OperationDocuments operations;
    private final ParameterDocuments parameters;
    private final ObjectNode paths;

    /**
     * @param paths what is added to
     */
    PathDocuments(Dialect dialect, Schemas schemas, ObjectNode paths) {
        this.schemas = schemas;
        this.operations = new OperationDocuments(dialect, schemas);
        this.parameters = new ParameterDocuments(dialect);
        this.paths = paths;
    }

    /** Adds the paths of one resource, and of what is below it. */
    void add(ServedResource resource) {
        Endpoint at = Endpoint.of(resource);
        String collection = collection(resource, "");
        String named = collection + "/{name}";
        List<String> verbs = resource.verbs();
        put(collection, at, collectionOperations(at, verbs));
        put(named, at, namedOperations(at, verbs));
        boolean isListedEverywhere = resource.isNamespaced() && verbs.contains("list");
        if (isListedEverywhere) {
            String everywhere = root(resource) + resource.plural();
            put(everywhere, at, List.of(operations.list(at.everywhere())));
        }
        for (Subresource below : resource.subresources()) {
            addBelow(named + "/" + below.name(), at.at(below), below.verbs());
        }
        if (verbs.contains("watch") && isBuiltin(resource.kind())) {
            addWatches(resource);
        }
    }

    private List<Operation> collectionOperations(Endpoint at, List<String> verbs) {
        List<Operation> found = new ArrayList<>();
        for (String verb : verbs) {
            switch (verb) {
                case "list" -> found.add(operations.list(at));
                case "create" -> found.add(operations.create(at));
                case "deletecollection" -> found.add(operations.deleteCollection(at));
                default -> {}
            }
        }
        return found;
    }

    private List<Operation> namedOperations(Endpoint at, List<String> verbs) {
        List<Operation> found = new ArrayList<>();
        for (String verb : verbs) {
            switch (verb) {
                case "get" -> found.add(operations.get(at));
                case "update" -> found.add(operations.replace(at));
                case "patch" -> found.add(operations.patch(at));
                case "delete" ->
                        found.add(operations.delete(at, at.resource().returnsDeletedObject()));
                default -> {}
            }
        }
        return found;
    }

    private void addBelow(String path, Endpoint at, List<String> verbs) {
        List<String> queries = QUERIES.getOrDefault(at.name(), List.of());
        switch (at.name()) {
            case "log" -> put(path, at, List.of(operations.log(at, queries)));
            case "attach", "exec", "portforward" ->
                    put(path, at, connections(at, List.of("get", "post"), "", queries));
            case "proxy" -> {
                put(path, at, connections(at, PROXY_METHODS, "", queries));
                put(path + "/{path}", at, connections(at, PROXY_METHODS, "WithPath", queries));
            }
            default -> {
                List<Operation> found = namedOperations(at, verbs);
                if (verbs.contains("create")) {
                    found.add(operations.create(at));
                }
                put(path, at, found);
            }
        }
    }

    private List<Operation> connections(
            Endpoint at, List<String> methods, String suffix, List<String> queries) {
        return methods.stream()
                .map(method -> operations.connect(at, method, suffix, queries))
                .toList();
    }

    /** The older paths of watches. */
    private void addWatches(ServedResource resource) {
        Endpoint at = Endpoint.of(resource);
        String collection = collection(resource, "watch/");
        put(collection, at, List.of(operations.watch(at, true)));
        put(collection + "/{name}", at, List.of(operations.watch(at, false)));
        if (resource.isNamespaced()) {
            put(
                    root(resource) + "watch/" + resource.plural(),
                    at,
                    List.of(operations.watch(at.everywhere(), true)));
        }
    }

    /** Parameters that all operations have are the path's. */
    private void put(String path, Endpoint at, List<Operation> found) {
        if (found.isEmpty()) {
            return;
        }
        List<ObjectNode> common = new ArrayList<>(found.getFirst().parameters());
        found.forEach(each -> common.retainAll(each.parameters()));
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        found.forEach(each -> item.set(each.method(), each.without(common)));
        common.addAll(ofPath(path, at));
        if (!common.isEmpty()) {
            item.set("parameters", Operation.sorted(common));
        }
        paths.set(path, item);
    }

    private List<ObjectNode> ofPath(String path, Endpoint at) {
        List<ObjectNode> found = new ArrayList<>();
        if (path.contains("{name}")) {
            found.add(parameters.nameOf(at.body().kind()));
        }
        for (String name : List.of("namespace", "path")) {
            if (path.contains("{" + name + "}")) {
                found.add(parameters.path(name));
            }
        }
        return found;
    }

    private boolean isBuiltin(GroupVersionKind kind) {
        Optional<TypeSchema> type = schemas.of(kind);
        return type.map(TypeSchema::isBuiltin).orElse(true);
    }

    private static String collection(ServedResource resource, String prefix) {
        String namespace = resource.isNamespaced() ? "namespaces/{namespace}/" : "";
        return root(resource) + prefix + namespace + resource.plural();
    }

    private static String root(ServedResource resource) {
        GroupVersionKind kind = resource.kind();
        return (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion() + "/";
    }
}
