package dev.gantry.state.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of paths into an object, as {@code FieldsV1} writes it: a tree of path elements, where a
 * node may be in the set itself, or only lead to others that are. Immutable; elements in order.
 *
 * <p>Cost: parts that an operation does not touch are shared and not copied.
 */
record FieldSet(boolean isMember, TreeMap<String, FieldSet> children) {
    static final FieldSet EMPTY = new FieldSet(false, none());
    static final FieldSet LEAF = new FieldSet(true, none());

    /** What says in {@code FieldsV1} that a node with children is in the set itself. */
    private static final String SELF = ".";

    /** An empty map of elements, in the order in which they are written. */
    static TreeMap<String, FieldSet> none() {
        return new TreeMap<>(Element.ORDER);
    }

    /** Whether {@code fields} can be read as a set. */
    static boolean isOne(JsonNode fields) {
        if (!fields.isObject()) {
            return fields.isMissingNode() || fields.isNull();
        }
        for (Map.Entry<String, JsonNode> each : fields.properties()) {
            boolean isSelf = each.getKey().equals(SELF) && each.getValue().isObject();
            if (!isSelf && !(Element.isOne(each.getKey()) && isOne(each.getValue()))) {
                return false;
            }
        }
        return true;
    }

    static FieldSet parse(JsonNode fields) {
        if (fields.isEmpty()) {
            return LEAF;
        }
        TreeMap<String, FieldSet> children = none();
        for (var each : fields.properties()) {
            if (!each.getKey().equals(SELF)) {
                children.put(each.getKey(), parse(each.getValue()));
            }
        }
        return new FieldSet(fields.has(SELF), children);
    }

    /** The root is never in the set itself. */
    static FieldSet parseRoot(JsonNode fields) {
        return new FieldSet(false, parse(fields).children);
    }

    ObjectNode toJson() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        if (isMember && !children.isEmpty()) {
            fields.putObject(SELF);
        }
        children.forEach((element, below) -> fields.set(element, below.toJson()));
        return fields;
    }

    boolean isEmpty() {
        return !isMember && children.isEmpty();
    }

    FieldSet child(String element) {
        return children.getOrDefault(element, EMPTY);
    }

    FieldSet union(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        TreeMap<String, FieldSet> all = new TreeMap<>(children);
        other.children.forEach((element, below) -> all.merge(element, below, FieldSet::union));
        return new FieldSet(isMember || other.isMember, all);
    }

    /** Cost: linear; one union after the other would copy what is there by then each time. */
    static FieldSet union(List<FieldSet> sets) {
        if (sets.size() == 1) {
            return sets.getFirst();
        }
        boolean isIn = false;
        TreeMap<String, List<FieldSet>> below = new TreeMap<>(Element.ORDER);
        for (FieldSet each : sets) {
            isIn |= each.isMember;
            each.children.forEach(
                    (element, child) ->
                            below.computeIfAbsent(element, _ -> new ArrayList<>()).add(child));
        }
        TreeMap<String, FieldSet> all = none();
        below.forEach((element, children) -> all.put(element, union(children)));
        return new FieldSet(isIn, all);
    }

    FieldSet intersection(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return EMPTY;
        }
        TreeMap<String, FieldSet> common = none();
        children.forEach(
                (element, below) -> {
                    FieldSet both = below.intersection(other.child(element));
                    if (!both.isEmpty()) {
                        common.put(element, both);
                    }
                });
        return new FieldSet(isMember && other.isMember, common);
    }

    FieldSet difference(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        TreeMap<String, FieldSet> rest = none();
        children.forEach(
                (element, below) -> {
                    FieldSet left = below.difference(other.child(element));
                    if (!left.isEmpty()) {
                        rest.put(element, left);
                    }
                });
        return new FieldSet(isMember && !other.isMember, rest);
    }

    /** Without the paths given and everything below them. */
    FieldSet without(FieldSet roots) {
        if (isEmpty() || roots.isEmpty()) {
            return this;
        }
        TreeMap<String, FieldSet> rest = none();
        for (Map.Entry<String, FieldSet> each : children.entrySet()) {
            FieldSet unwanted = roots.child(each.getKey());
            if (!unwanted.isMember) {
                FieldSet left = each.getValue().without(unwanted);
                if (!left.isEmpty()) {
                    rest.put(each.getKey(), left);
                }
            }
        }
        return new FieldSet(isMember, rest);
    }

    /** A set with one more path element before every path; empty stays empty. */
    FieldSet under(String element) {
        if (isEmpty()) {
            return EMPTY;
        }
        TreeMap<String, FieldSet> one = none();
        one.put(element, this);
        return new FieldSet(false, one);
    }

    FieldSet withSelf() {
        return new FieldSet(true, children);
    }

    /** Every path in the set, as messages write it, with the node it leads to. */
    void forEach(String prefix, BiConsumer<String, FieldSet> visitor) {
        children.forEach(
                (element, below) -> {
                    String path = prefix + Element.text(element);
                    if (below.isMember) {
                        visitor.accept(path, below);
                    }
                    below.forEach(path, visitor);
                });
    }
}
