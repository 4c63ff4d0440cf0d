package dev.gantry.client.yaml;

import dev.gantry.model.refusal.FieldError;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One YAML document as JSON. For one document, by one thread.
 *
 * <p>Compat: YAML 1.1 as go-yaml reads it for kubectl and the API server. {@code yes} and {@code
 * on} are booleans, {@code 0644} is octal, {@code 1_000} is a number; {@code 22:22} and dates are
 * texts. What is merged by {@code <<} never takes the place of a key that the map itself has.
 */
public final class YamlTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DUPLICATES = 100;
    private static final int LONGEST_KEY = 1024;

    /** Compat: one with more digits is no float64, and then a text. */
    private static final int MAX_DIGITS = 400;

    private final Limits limits;
    private final List<Duplicate> duplicates = new ArrayList<>(0);
    private int values;
    private long characters;

    /** How much a document may come to, once what is referred to stands in each place. */
    public record Limits(int values, int depth, long characters) {}

    /**
     * A key that stands twice in a map. The later value is kept.
     *
     * @param line counted from 1
     */
    public record Duplicate(int line, String key) {
        /** Compat: go-yaml's words. */
        @Override
        public String toString() {
            return "line %d: key \"%s\" already set in map".formatted(line, key);
        }
    }

    /** The document has more values than it may have. */
    public static final class TooManyValues extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooManyValues() {
            super("too many values", null, false, false);
        }
    }

    public YamlTree(Limits limits) {
        this.limits = limits;
    }

    /**
     * Throws {@link TooManyValues}, or a YAMLException where the document is no JSON or beyond
     * another limit.
     */
    public JsonNode of(Node root) {
        return tree(root, 0);
    }

    /** Those of what was read so far; of very many, the first. */
    public List<Duplicate> duplicates() {
        return duplicates;
    }

    private JsonNode tree(Node node, int depth) {
        if (++values > limits.values()) {
            throw new TooManyValues();
        }
        if (depth > limits.depth() || characters > limits.characters()) {
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
        Set<String> own = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(object, tree(entry.getValueNode(), depth + 1));
                continue;
            }
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new YAMLException("invalid map key");
            }
            characters += key.getValue().length();
            if (!own.add(key.getValue()) && duplicates.size() < MAX_DUPLICATES) {
                String shown = FieldError.shortened(key.getValue(), LONGEST_KEY);
                duplicates.add(new Duplicate(key.getStartMark().getLine() + 1, shown));
            }
            object.set(key.getValue(), tree(entry.getValueNode(), depth + 1));
        }
        return object;
    }

    private static void merge(ObjectNode into, JsonNode merged) {
        if (merged instanceof ArrayNode several) {
            several.forEach(each -> merge(into, each));
        } else if (merged instanceof ObjectNode one) {
            one.properties().forEach(each -> into.putIfAbsent(each.getKey(), each.getValue()));
        }
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            String lower = text.toLowerCase(Locale.ROOT);
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
                var whole = new BigInteger(text);
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
}
