package dev.gantry.client.controller;

import dev.gantry.model.json.Trees;
import dev.gantry.model.meta.Resource;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of an object that is only counted, listed, or followed to its owners: its kind and
 * its metadata, but without annotations, which may be as large as all the rest.
 *
 * <p>It cannot be written back: see {@link dev.gantry.model.plan.Action.PatchMetadata}.
 *
 * <p>Compat: PartialObjectMetadata, which has the annotations, too.
 */
public final class PartialObjectMetadata {
    private static final Set<String> IDENTITY =
            new TreeSet<>(Set.of("apiVersion", "kind", "metadata"));
    private static final Set<String> LEFT_OUT =
            new TreeSet<>(Set.of("annotations", "managedFields"));

    private PartialObjectMetadata() {}

    /** Throws a JacksonException where the text begins with no JSON object. */
    public static Resource read(byte[] json) {
        return trimmed(Trees.readMembers(json, IDENTITY));
    }

    public static Resource of(Resource whole) {
        ObjectNode tree = Trees.object();
        tree.setAll(whole.tree());
        tree.retain(IDENTITY);
        if (whole.metadata() instanceof ObjectNode metadata) {
            ObjectNode own = Trees.object();
            own.setAll(metadata);
            tree.set("metadata", own);
        }
        return trimmed(tree);
    }

    private static Resource trimmed(ObjectNode tree) {
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(LEFT_OUT);
        }
        return new Resource(tree);
    }
}
