package dev.gantry.bench.core;

import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Sizes;
import java.util.ArrayList;
import java.util.List;

/**
 * The images that nodes report: some have that of the pods, and all have some of others.
 *
 * @param percent how many of a hundred nodes have the pods' image; where none has, no node reports
 *     any
 */
public record ImageStock(int percent) {
    public static final ImageStock NONE = new ImageStock(0);

    /** After so many pods were placed, one node reports that the image came or is gone. */
    static final int PODS_PER_CHANGE = 10;

    private static final int OTHERS = 20;
    private static final int OTHERS_IN_ALL = 200;
    private static final int BYTES = 500_000_000;

    /** What the node says in the beginning. */
    String of(int node) {
        return status(node, hasIt(node));
    }

    /** How often a node reports something new while the pods are placed. */
    int changes(Sizes sizes) {
        return percent == 0 ? 0 : sizes.pods() / PODS_PER_CHANGE;
    }

    int changedNode(int change, Sizes sizes) {
        return change / 2 % sizes.nodes();
    }

    /** What the node says then: every other change puts back what the one before did. */
    String after(int change, Sizes sizes) {
        int node = changedNode(change, sizes);
        return status(node, hasIt(node) == (change % 2 == 1));
    }

    /** Scattered evenly over the nodes. */
    private boolean hasIt(int node) {
        return (long) (node + 1) * percent / 100 > (long) node * percent / 100;
    }

    private String status(int node, boolean hasIt) {
        if (percent == 0) {
            return "[]";
        }
        List<String> images = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            images.add(image("registry.example/app-" + (node * 7 + i) % OTHERS_IN_ALL + ":1"));
        }
        if (hasIt) {
            images.add(image(PodForm.IMAGE));
        }
        return "[" + String.join(",", images) + "]";
    }

    private static String image(String name) {
        return """
        {"names":["%s"],"sizeBytes":%d}"""
                .formatted(name, BYTES);
    }
}
