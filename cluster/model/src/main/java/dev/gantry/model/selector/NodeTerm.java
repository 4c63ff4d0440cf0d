package dev.gantry.model.selector;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * One node selector term: requirements on labels and on the fields of a node, all of which must
 * hold.
 *
 * <p>Compat: component-helpers' {@code nodeaffinity}. An empty term selects no node; the only field
 * is {@code metadata.name}.
 */
public record NodeTerm(LabelSelector labels, LabelSelector fields) {
    private static final String NAME_FIELD = "metadata.name";

    public boolean selects(String nodeName, Map<String, String> nodeLabels) {
        if (labels.isEverything() && fields.isEverything()) {
            return false;
        }
        return labels.selects(nodeLabels)
                && (fields.isEverything() || fields.selects(Map.of(NAME_FIELD, nodeName)));
    }

    /**
     * The only nodes that this term can select, where its fields name any; none where two of them
     * contradict each other.
     */
    public Optional<SortedSet<String>> pinnedNodes() {
        SortedSet<String> found = null;
        for (Requirement each : fields.requirements()) {
            if (each.key().equals(NAME_FIELD) && each.operator() == Operator.IN) {
                found = found == null ? new TreeSet<>(each.values()) : found;
                found.retainAll(each.values());
            }
        }
        return Optional.ofNullable(found);
    }

    public static NodeTerm of(JsonNode term) {
        return new NodeTerm(
                selector(term.path("matchExpressions")), selector(term.path("matchFields")));
    }

    /** The terms of a node selector, one of which must hold. */
    public static List<NodeTerm> listOf(JsonNode selector) {
        List<NodeTerm> found = new ArrayList<>();
        selector.path("nodeSelectorTerms").forEach(each -> found.add(of(each)));
        return List.copyOf(found);
    }

    /** Whether one of the terms selects the node; none at all select nothing. */
    public static boolean anySelects(
            List<NodeTerm> terms, String nodeName, Map<String, String> nodeLabels) {
        for (NodeTerm each : terms) {
            if (each.selects(nodeName, nodeLabels)) {
                return true;
            }
        }
        return false;
    }

    /** All the pairs of a pod's {@code nodeSelector}. */
    public static NodeTerm exactly(JsonNode pairs) {
        TreeMap<String, String> found = new TreeMap<>();
        pairs.properties().forEach(e -> found.put(e.getKey(), e.getValue().asString("")));
        return new NodeTerm(LabelSelector.exactly(found), LabelSelector.EVERYTHING);
    }

    private static LabelSelector selector(JsonNode expressions) {
        List<Requirement> found = new ArrayList<>();
        for (JsonNode each : expressions) {
            List<String> values = new ArrayList<>();
            each.path("values").forEach(value -> values.add(value.asString("")));
            found.add(
                    new Requirement(
                            Resource.text(each, "key"),
                            operator(Resource.text(each, "operator")),
                            List.copyOf(values)));
        }
        return new LabelSelector(found);
    }

    private static Operator operator(String wire) {
        return switch (wire) {
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.NOT_EXISTS;
            case "Gt" -> Operator.GREATER;
            case "Lt" -> Operator.LESS;
            default -> Operator.IN;
        };
    }
}
