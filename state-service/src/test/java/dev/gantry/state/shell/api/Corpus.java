package dev.gantry.state.shell.api;

import dev.gantry.state.kind.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Requests as text, which a real API server and this one are asked alike.
 *
 * <pre>
 * === base
 * (YAML, over which the bodies of POST+base are laid)
 * === a title
 * METHOD[+FLAVOUR] path
 * (YAML of the body, if any)
 * === a title
 * WALK[+status][+scale] path
 * (YAML of an object, which goes through all verbs: see {@link CorpusWalk})
 * </pre>
 *
 * In paths, <code>{revision}</code> stands for that of the list which was answered last. Of a watch
 * those events are told that {@link WatchedEvents} reads. Flavours of PATCH are merge, strategic,
 * json and apply; of POST text, which is none that is taken; of GET table, tables (of a version
 * that there is not), metadata, metadatas (a list of them) and html. A title that ends with {@code
 * , in any order} is of an answer whose errors have no order, one that ends with {@code , but for
 * its status} of an object whose status a controller may have written meanwhile.
 */
record Corpus(String name, List<Exchange> exchanges) {
    static final Path FOLDER = Path.of("src/test/resources/corpus");

    /** Who asks: the field manager, where a request names none. */
    static final String USER_AGENT = "corpus/v1";

    static final String ANY_ORDER = ", in any order";
    static final String BUT_STATUS = ", but for its status";

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Map<String, String> CONTENT =
            new TreeMap<>(
                    Map.of(
                            "merge", "application/merge-patch+json",
                            "strategic", "application/strategic-merge-patch+json",
                            "json", "application/json-patch+json",
                            "text", "text/plain",
                            "apply", "application/apply-patch+yaml"));
    private static final Map<String, String> ACCEPT =
            new TreeMap<>(
                    Map.of(
                            "table", "application/json;as=Table;v=v1;g=meta.k8s.io",
                            "tables", "application/json;as=Table;v=v2;g=meta.k8s.io",
                            "html", "text/html",
                            "metadata",
                                    "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
                            "metadatas",
                                    "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"));

    /** One request. */
    record Exchange(
            String title, String method, String path, String accept, String type, String body) {
        static Exchange post(String path, String body) {
            return new Exchange(path, "POST", path, "application/json", "application/json", body);
        }

        boolean isWatch() {
            return path.contains("watch=true");
        }

        /**
         * @param revision of the list that was answered last
         */
        Exchange after(String revision) {
            return new Exchange(
                    title, method, path.replace("{revision}", revision), accept, type, body);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** In the order of their names. */
    static List<Corpus> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(each -> each.endsWith(".txt") && !each.equals("differences.txt"))
                    .sorted()
                    .map(each -> of(each.substring(0, each.length() - 4)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Corpus of(String name) {
        ObjectNode base = JsonNodeFactory.instance.objectNode();
        List<Exchange> exchanges = new ArrayList<>();
        for (Block block : blocks(FOLDER.resolve(name + ".txt"))) {
            if (block.title().equals("base")) {
                base = Transcript.yaml(block.text());
            } else if (block.text().startsWith("WALK")) {
                exchanges.addAll(walk(block).exchanges());
            } else {
                exchanges.add(exchange(block, base));
            }
        }
        return new Corpus(name, exchanges);
    }

    private static CorpusWalk walk(Block block) {
        String[] lines = block.text().split("\n", 2);
        String[] words = lines[0].strip().split(" ", 2);
        List<String> parts = List.of(words[0].split("\\+"));
        return new CorpusWalk(block.title(), words[1], parts, Transcript.yaml(lines[1]));
    }

    private static Exchange exchange(Block block, ObjectNode base) {
        String[] lines = block.text().split("\n", 2);
        String[] words = lines[0].strip().split(" ", 2);
        String text = lines.length > 1 ? lines[1] : "";
        JsonNode body =
                words[0].endsWith("+base")
                        ? Transcript.overlay(base, Transcript.yaml(text))
                        : text.isBlank() ? null : YAML.readTree(text);
        return exchange(block.title(), words[0], words[1], body);
    }

    /**
     * @param how a method, with its flavour if it has one
     */
    static Exchange exchange(String title, String how, String path, @Nullable JsonNode body) {
        String[] method = how.split("\\+");
        String flavour = method.length > 1 ? method[1] : "";
        return new Exchange(
                title,
                method[0],
                path,
                ACCEPT.getOrDefault(flavour, "application/json"),
                CONTENT.getOrDefault(flavour, "application/json"),
                body == null ? "" : body.toString());
    }

    Path answers() {
        return FOLDER.resolve(name + ".answers");
    }

    /** A part of a file under a title of its own. */
    record Block(String title, String text) {}

    static List<Block> blocks(Path file) {
        try {
            List<Block> found = new ArrayList<>();
            String all = Files.readString(file, StandardCharsets.UTF_8);
            for (String block : all.split("(?m)^=== ")) {
                if (!block.isBlank()) {
                    String[] parts = block.split("\n", 2);
                    found.add(new Block(parts[0].strip(), parts.length > 1 ? parts[1] : ""));
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
