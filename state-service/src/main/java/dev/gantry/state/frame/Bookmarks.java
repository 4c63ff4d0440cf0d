package dev.gantry.state.frame;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Revision;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The objects inside BOOKMARK events: a kind and a revision, nothing else. */
public final class Bookmarks {
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private Bookmarks() {}

    /**
     * @param endsInitial whether all initial events have been sent with it
     */
    public static ObjectNode of(Kind kind, Revision revision, boolean endsInitial) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", kind.kindName()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("resourceVersion", revision.toString());
        if (endsInitial) {
            metadata.putObject("annotations").put(INITIAL_EVENTS_END, "true");
        }
        addRequired(kind, object);
        return object;
    }

    /**
     * Compat: upstream sends the zero value of the kind's Go type; strict clients want those fields
     * of it that the schema calls required.
     */
    private static void addRequired(Kind kind, ObjectNode object) {
        if (!(kind instanceof BuiltinKind builtin)) {
            return;
        }
        switch (builtin) {
            case EVENT -> object.putObject("involvedObject");
            case CONTROLLER_REVISION -> object.put("revision", 0);
            case ENDPOINT_SLICE -> object.put("addressType", "").putArray("endpoints");
            case ROLE, CLUSTER_ROLE -> object.putArray("rules");
            case ROLE_BINDING, CLUSTER_ROLE_BINDING ->
                    object.putObject("roleRef").put("apiGroup", "").put("kind", "").put("name", "");
            case PRIORITY_CLASS -> object.put("value", 0);
            default -> {}
        }
    }
}
