package dev.gantry.state.frame;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.ZeroValue;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The objects inside BOOKMARK events: a kind and a revision, nothing else. */
public final class Bookmarks {
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private Bookmarks() {}

    /**
     * @param type whose zero value strict clients expect; empty where there is none to be had
     * @param endsInitial whether all initial events have been sent with it
     */
    public static ObjectNode of(
            Kind kind, Optional<StructType> type, Revision revision, boolean endsInitial) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", kind.kindName()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("resourceVersion", revision.toString());
        if (endsInitial) {
            metadata.putObject("annotations").put(INITIAL_EVENTS_END, "true");
        }
        type.ifPresent(found -> ZeroValue.addTo(object, found));
        return object;
    }
}
