package dev.gantry.state.codec.json;

import dev.gantry.client.yaml.YamlTree;
import dev.gantry.client.yaml.YamlTree.Duplicate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** YAML into JSON and back. What its values mean is said in {@link YamlTree}. */
public final class YamlText {
    private static final int DEEPEST_INDENTED = 64;
    private static final YamlTree.Limits LIMITS =
            new YamlTree.Limits(Bounds.MAX_VALUES, Bounds.MAX_DEPTH, Bounds.MAX_BYTES);

    private YamlText() {}

    public sealed interface Reading {
        /**
         * @param duplicates keys that were there before, each with its line
         */
        record Json(byte[] json, List<String> duplicates) implements Reading {}

        record Malformed(String why) implements Reading {}

        record TooLarge() implements Reading {}
    }

    public static Reading toJson(byte[] yaml) {
        try {
            int[] text = codePoints(yaml);
            check(text);
            Node root = new Composer(parser(text), new Resolver(), options()).getSingleNode();
            YamlTree reader = new YamlTree(LIMITS);
            JsonNode tree = root == null ? NullNode.getInstance() : reader.of(root);
            return new Reading.Json(
                    JsonMapper.shared().writeValueAsBytes(tree),
                    reader.duplicates().stream().map(Duplicate::toString).toList());
        } catch (YAMLException malformed) {
            return new Reading.Malformed("yaml: " + firstLine(malformed));
        } catch (YamlTree.TooManyValues tooMany) {
            return new Reading.TooLarge();
        }
    }

    /** Before any node is held: it takes a hundred times the memory of its text. */
    private static void check(int[] text) {
        ParserImpl parser = parser(text);
        int found = 0;
        int depth = 0;
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            Event next = parser.getEvent();
            // Keys are nodes, too.
            if (next instanceof NodeEvent && ++found > 2 * Bounds.MAX_VALUES) {
                throw new YamlTree.TooManyValues();
            }
            depth += next instanceof CollectionStartEvent ? 1 : 0;
            depth -= next instanceof CollectionEndEvent ? 1 : 0;
            if (depth > Bounds.MAX_DEPTH) {
                throw new YAMLException(Bounds.TOO_DEEP);
            }
        }
    }

    private static ParserImpl parser(int[] text) {
        return new ParserImpl(new CodePoints(text), options());
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(Bounds.MAX_DEPTH);
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }

    /** In whatever of Unicode's encodings the text is. */
    private static int[] codePoints(byte[] yaml) {
        try (var text = new UnicodeReader(new ByteArrayInputStream(yaml))) {
            return text.readAllAsString().codePoints().toArray();
        } catch (IOException malformed) {
            throw new YAMLException(malformed);
        }
    }

    /** Keys sorted, as upstream writes them. */
    public static byte[] fromJson(byte[] json) {
        Object tree = JsonMapper.shared().readValue(json, java.util.TreeMap.class);
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setIndicatorIndent(0);
        Node root = new Representer(options).represent(sorted(tree));
        flow(root, 0);
        var text = new StringWriter();
        new Yaml(options).serialize(root, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What is deeper than anyone reads is not indented: each value would take hundreds of bytes.
     */
    private static void flow(Node node, int depth) {
        if (depth > DEEPEST_INDENTED && node instanceof CollectionNode<?> collection) {
            collection.setFlowStyle(DumperOptions.FlowStyle.FLOW);
        }
        switch (node) {
            case MappingNode mapping ->
                    mapping.getValue().forEach(each -> flow(each.getValueNode(), depth + 1));
            case SequenceNode sequence ->
                    sequence.getValue().forEach(each -> flow(each, depth + 1));
            default -> {}
        }
    }

    /** A null stays one: fields of any shape may hold it. */
    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case java.util.Map<?, ?> map -> {
                var sorted = new java.util.TreeMap<String, Object>();
                map.forEach((key, each) -> sorted.put(String.valueOf(key), sorted(each)));
                yield sorted;
            }
            case List<?> list -> list.stream().map(YamlText::sorted).toList();
            default -> value;
        };
    }

    /** Aliases are followed, so that there may be more of everything than the text has. */
    private static String firstLine(YAMLException malformed) {
        String message = String.valueOf(malformed.getMessage());
        if (malformed instanceof org.yaml.snakeyaml.error.MarkedYAMLException marked
                && marked.getProblemMark() != null) {
            return "line %d: %s"
                    .formatted(marked.getProblemMark().getLine() + 1, marked.getProblem());
        }
        return message.lines().findFirst().orElse("malformed");
    }
}
