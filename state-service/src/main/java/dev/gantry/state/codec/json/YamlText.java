package dev.gantry.state.codec.json;

import dev.gantry.model.refusal.FieldError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * YAML into JSON and back.
 *
 * <p>Compat: YAML 1.1, as kubectl and apiserver read it: {@code yes} and {@code on} are booleans.
 */
public final class YamlText {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DUPLICATES = 100;
    private static final int LONGEST_KEY = 1024;
    private static final int DEEPEST_INDENTED = 64;

    /** Compat: one with more digits is no float64, and then a text. */
    private static final int MAX_DIGITS = 400;

    private final List<String> duplicates = new ArrayList<>(0);
    private int nodes;
    private long characters;

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
            YamlText reader = new YamlText();
            JsonNode tree = root == null ? NODES.nullNode() : reader.tree(root, 0);
            return new Reading.Json(JsonMapper.shared().writeValueAsBytes(tree), reader.duplicates);
        } catch (YAMLException malformed) {
            return new Reading.Malformed("yaml: " + firstLine(malformed));
        } catch (TooManyValues tooMany) {
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
                throw new TooManyValues();
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
    private JsonNode tree(Node node, int depth) {
        if (++nodes > Bounds.MAX_VALUES) {
            throw new TooManyValues();
        }
        if (depth > Bounds.MAX_DEPTH || characters > Bounds.MAX_BYTES) {
            throw new YAMLException("document contains excessive aliasing");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, depth);
            case SequenceNode sequence -> {
                ArrayNode array = NODES.arrayNode();
                sequence.getValue().forEach(each -> array.add(tree(each, depth + 1)));
                yield array;
            }
            case ScalarNode scalar -> {
                characters += scalar.getValue().length();
                yield scalar(scalar);
            }
            default -> throw new YAMLException("unexpected node " + node.getNodeId());
        };
    }

    private ObjectNode mapping(MappingNode mapping, int depth) {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(object, tree(entry.getValueNode(), depth + 1));
                continue;
            }
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new YAMLException("invalid map key");
            }
            characters += key.getValue().length();
            if (object.has(key.getValue()) && duplicates.size() < MAX_DUPLICATES) {
                duplicates.add(
                        "line %d: key \"%s\" already set in map"
                                .formatted(
                                        key.getStartMark().getLine() + 1,
                                        FieldError.shortened(key.getValue(), LONGEST_KEY)));
            }
            object.set(key.getValue(), tree(entry.getValueNode(), depth + 1));
        }
        return object;
    }

    private static void merge(ObjectNode into, JsonNode merged) {
        if (merged instanceof ArrayNode several) {
            several.forEach(each -> merge(into, each));
        } else if (merged instanceof ObjectNode one) {
            one.properties()
                    .forEach(
                            each -> {
                                if (!into.has(each.getKey())) {
                                    into.set(each.getKey(), each.getValue());
                                }
                            });
        }
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            String lower = text.toLowerCase(java.util.Locale.ROOT);
            return NODES.booleanNode(
                    lower.equals("true") || lower.equals("yes") || lower.equals("on"));
        }
        boolean isNumber =
                (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) && text.length() < MAX_DIGITS;
        return isNumber && text.indexOf(':') < 0 ? number(text) : NODES.stringNode(text);
    }

    private static JsonNode number(String written) {
        String text = written.replace("_", "").replaceFirst("^\\+", "");
        try {
            boolean isPrefixed = text.matches("-?0[0-7]+|-?0[xX][0-9a-fA-F]+");
            if (isPrefixed) {
                return NODES.numberNode(Long.decode(text));
            }
            if (text.matches("-?\\d+")) {
                var whole = new java.math.BigInteger(text);
                return whole.bitLength() < 64
                        ? NODES.numberNode(whole.longValue())
                        : NODES.numberNode(whole);
            }
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? NODES.numberNode(value) : NODES.stringNode(written);
        } catch (NumberFormatException notANumber) {
            return NODES.stringNode(written);
        }
    }

    private static String firstLine(YAMLException malformed) {
        String message = String.valueOf(malformed.getMessage());
        if (malformed instanceof org.yaml.snakeyaml.error.MarkedYAMLException marked
                && marked.getProblemMark() != null) {
            return "line %d: %s"
                    .formatted(marked.getProblemMark().getLine() + 1, marked.getProblem());
        }
        return message.lines().findFirst().orElse("malformed");
    }

    /** Leaves the recursion; never leaves this class. */
    private static final class TooManyValues extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyValues() {
            super("too many values", null, false, false);
        }
    }
}
