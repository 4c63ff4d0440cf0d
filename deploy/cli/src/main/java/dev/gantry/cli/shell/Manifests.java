package dev.gantry.cli.shell;

import dev.gantry.cli.world.World;
import dev.gantry.model.kind.Scope;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects in files, as kubectl reads them: YAML or JSON, several per file, lists, folders. */
final class Manifests {
    private static final YAMLMapper YAML = new YAMLMapper();

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
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(in)) {
            while (documents.hasNextValue()) {
                add(documents.nextValue(), source, namespace, objects);
            }
        } catch (JacksonException malformed) {
            throw new IOException(source + ": " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static void add(
            JsonNode document, String source, String namespace, List<Resource> objects)
            throws IOException {
        if (document == null || document.isNull() || document.isMissingNode()) {
            return;
        }
        if (document.path("items").isArray()) {
            for (JsonNode item : document.path("items")) {
                add(item, source, namespace, objects);
            }
            return;
        }
        if (!(document instanceof ObjectNode tree) || !tree.hasNonNull("kind")) {
            throw new IOException(source + ": not a Kubernetes object: it has no kind");
        }
        var object = new Resource(tree);
        boolean isNamespaced =
                World.kindOf(object).map(kind -> kind.scope() == Scope.NAMESPACED).orElse(true);
        if (object.namespace().isEmpty() && isNamespaced) {
            object.mutableMetadata().put("namespace", namespace);
        }
        objects.add(object);
    }
}
