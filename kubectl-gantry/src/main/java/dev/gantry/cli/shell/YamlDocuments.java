package dev.gantry.cli.shell;

import dev.gantry.cli.shell.Documents.Document;
import dev.gantry.client.yaml.YamlTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;

/** The documents of a YAML text, read as kubectl reads them. */
final class YamlDocuments {
    private static final int MAX_DEPTH = 200;
    private static final YamlTree.Limits LIMITS =
            new YamlTree.Limits(10_000_000, MAX_DEPTH, Integer.MAX_VALUE);

    private YamlDocuments() {}

    /**
     * @param source what the text is called in complaints
     */
    static List<Document> read(String text, String source) throws IOException {
        List<Document> documents = new ArrayList<>();
        try {
            Composer composer = composer(text);
            while (composer.checkNode()) {
                documents.add(document(composer.getNode(), source));
            }
        } catch (MarkedYAMLException malformed) {
            throw new IOException(source + where(malformed) + malformed.getProblem(), malformed);
        } catch (YAMLException | YamlTree.TooManyValues malformed) {
            throw new IOException(source + ": " + malformed.getMessage(), malformed);
        }
        return documents;
    }

    private static Composer composer(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(MAX_DEPTH);
        var parser = new ParserImpl(new StreamReader(text), options);
        return new Composer(parser, new Resolver(), options);
    }

    private static Document document(Node node, String source) throws IOException {
        var reader = new YamlTree(LIMITS);
        JsonNode tree = reader.of(node);
        if (!reader.duplicates().isEmpty()) {
            throw new IOException(source + ", " + reader.duplicates().getFirst());
        }
        return new Document(tree, node.getStartMark().getLine() + 1);
    }

    /**
     * Of a bracket that is never closed, where it was opened; else where reading came to an end.
     */
    private static String where(MarkedYAMLException malformed) {
        boolean isOpen = String.valueOf(malformed.getContext()).contains("flow");
        return Optional.ofNullable(isOpen ? malformed.getContextMark() : null)
                .or(() -> Optional.ofNullable(malformed.getProblemMark()))
                .map(Mark::getLine)
                .map(line -> ", line %d: ".formatted(line + 1))
                .orElse(": ");
    }
}
