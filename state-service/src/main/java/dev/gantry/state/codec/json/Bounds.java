package dev.gantry.state.codec.json;

import dev.gantry.model.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * How large an object may be, in whatever form it comes.
 *
 * <p>Invariant: what a request costs in memory is bounded by these, not by how cleverly its body
 * was written: a value that takes two bytes of a body takes dozens in a tree, hundreds with its
 * defaults.
 *
 * <p>Compat: upstream's bounds are those of the body and of etcd, which takes 1.5 MiB of protobuf;
 * it nests JSON up to 10,000 levels.
 */
public final class Bounds {
    /** Of a body, and of an object as JSON. */
    public static final int MAX_BYTES = 3 * 1024 * 1024;

    /** Far below what the stack takes; schemas of custom resources are some 50 deep. */
    public static final int MAX_DEPTH = 200;

    /** Objects, lists and plain values. */
    public static final int MAX_VALUES = 100_000;

    static final String TOO_DEEP = "exceeded max depth";

    private Bounds() {}

    public static Refusal tooManyBytes() {
        return new Refusal.TooLarge("Request entity is too large: limit is " + MAX_BYTES);
    }

    public static Refusal tooManyValues() {
        return new Refusal.TooLarge(
                "Request entity is too large: limit is %d values".formatted(MAX_VALUES));
    }

    /** How many levels of objects and lists there are; none in a plain value. */
    public static int depthOf(JsonNode tree) {
        if (!tree.isContainer()) {
            return 0;
        }
        int deepest = 0;
        for (JsonNode each : tree) {
            deepest = Math.max(deepest, depthOf(each));
        }
        return deepest + 1;
    }

    /** How many values a tree has, itself among them. */
    public static int valuesOf(JsonNode tree) {
        int values = 1;
        for (JsonNode each : tree) {
            values += valuesOf(each);
        }
        return values;
    }
}
