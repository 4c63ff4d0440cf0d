package dev.gantry.cli.shell;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.shell.Documents.Document;
import dev.gantry.model.kind.Scope;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects in files, as kubectl reads them: YAML or JSON, several per file, lists, folders. */
final class Manifests {
    private Manifests() {}

    /**
     * @param source a file, a folder, or {@code -} for standard input
     * @param namespace of objects that name none
     */
    static List<Resource> read(String source, String namespace) throws IOException {
        List<Resource> objects = new ArrayList<>();
        if (source.equals("-")) {
            addAll(System.in, "standard input", namespace, objects);
            return objects;
        }
        for (Path file : files(Path.of(source))) {
            try (var in = Files.newInputStream(file)) {
                addAll(in, file.toString(), namespace, objects);
            }
        }
        return objects;
    }

    private static List<Path> files(Path source) throws IOException {
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        try (Stream<Path> files = Files.list(source)) {
            return files.filter(each -> each.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
    }

    private static void addAll(
            InputStream in, String source, String namespace, List<Resource> objects)
            throws IOException {
        for (Document each : Documents.read(in, source)) {
            String where = source + ", line " + each.line();
            add(each.tree(), where, namespace, objects);
        }
    }

    private static void add(
            JsonNode document, String where, String namespace, List<Resource> objects)
            throws IOException {
        if (document.isNull() || document.isMissingNode()) {
            return;
        }
        if (document.path("items").isArray()) {
            int number = 1;
            for (JsonNode item : document.path("items")) {
                add(item, where + ", item " + number++, namespace, objects);
            }
            return;
        }
        objects.add(object(document, where, namespace));
    }

    private static Resource object(JsonNode document, String where, String namespace)
            throws IOException {
        if (!(document instanceof ObjectNode tree)) {
            throw new IOException(where + ": not a Kubernetes object: it has no fields");
        }
        for (String needed : List.of("apiVersion", "kind")) {
            if (!tree.path(needed).isString()) {
                throw new IOException(
                        "%s: not a Kubernetes object: it has no %s".formatted(where, needed));
            }
        }
        if (!tree.path("metadata").isObject()) {
            throw new IOException(
                    "%s: this %s has no metadata".formatted(where, Resource.text(tree, "kind")));
        }
        var object = new Resource(tree);
        if (object.name().isEmpty() && Resource.text(object.metadata(), "generateName").isEmpty()) {
            throw new IOException("%s: this %s has no name".formatted(where, object.kind()));
        }
        boolean isNamespaced =
                ClusterObjects.kindOf(object)
                        .map(kind -> kind.scope() == Scope.NAMESPACED)
                        .orElse(true);
        if (object.namespace().isEmpty() && isNamespaced) {
            object.mutableMetadata().put("namespace", namespace);
        }
        return object;
    }
}
