package dev.gantry.state.frame;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.ZeroValue;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The objects inside BOOKMARK events: a kind and a revision, and what every object has. */
public final class Bookmarks {
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private Bookmarks() {}

    /**
     * @param type whose zero value strict clients expect; empty where there is none to be had
     * @param annotations that stand for fields of the type
     * @param endsInitial whether all initial events have been sent with it
     */
    public static ObjectNode of(
            Kind kind,
            Optional<StructType> type,
            Map<String, String> annotations,
            Revision revision,
            boolean endsInitial) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", kind.kindName()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("resourceVersion", revision.toString());
        SortedMap<String, String> all = new TreeMap<>(annotations);
        if (endsInitial) {
            all.put(INITIAL_EVENTS_END, "true");
        }
        if (!all.isEmpty()) {
            all.forEach(metadata.putObject("annotations")::put);
        }
        type.ifPresent(found -> ZeroValue.addTo(object, found));
        return object;
    }
}
