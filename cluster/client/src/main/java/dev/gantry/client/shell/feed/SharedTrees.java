package dev.gantry.client.shell.feed;

import dev.gantry.model.json.Trees;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.Resource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies of the feed as trees, without their managedFields: who reads the feed decides by what
 * objects say and not by who wrote it, and a write without them leaves them as they are.
 *
 * <p>Several services may live in one process and read the same topics: equal bodies give the very
 * same tree, which nobody changes ({@link Resource}).
 *
 * <p>Cost: managedFields are about half the nodes of a pod's tree. With three readers in one
 * process, sharing saves two of three decodings and two of three copies of every object. At most
 * {@value #SLOTS} bodies are kept, the newest for each hash.
 */
public final class SharedTrees {
    private static final int SLOTS = 4096;
    private static final SharedTrees OF_THIS_PROCESS = new SharedTrees();

    private final AtomicReferenceArray<@Nullable Known> slots = new AtomicReferenceArray<>(SLOTS);

    private record Known(byte[] body, Resource object) {}

    SharedTrees() {}

    /**
     * The object as it is after the change; empty where it is gone. Throws a JacksonException where
     * the body is no JSON object.
     */
    public static Optional<Resource> after(ChangeMessage change) {
        return Optional.ofNullable(change.body()).map(OF_THIS_PROCESS::of);
    }

    /** A race of two readers decodes twice, and both trees are right. */
    Resource of(byte[] body) {
        int slot = Arrays.hashCode(body) & (SLOTS - 1);
        Known known = slots.get(slot);
        if (known != null && Arrays.equals(known.body(), body)) {
            return known.object();
        }
        Resource object = decode(body);
        slots.set(slot, new Known(body, object));
        return object;
    }

    private static Resource decode(byte[] body) {
        var object = new Resource(Trees.read(body));
        if (object.metadata() instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return object;
    }
}
