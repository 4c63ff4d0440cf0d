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
            case STORAGE_CLASS -> object.put("provisioner", "");
            case CSI_NODE -> object.putObject("spec").putArray("drivers");
            case CSI_STORAGE_CAPACITY -> object.put("storageClassName", "");
            case RUNTIME_CLASS -> object.put("handler", "");
            case CSI_DRIVER, DEVICE_CLASS, RESOURCE_CLAIM -> object.putObject("spec");
            case RESOURCE_CLAIM_TEMPLATE -> object.putObject("spec").putObject("spec");
            case RESOURCE_SLICE -> addPool(object.putObject("spec").put("driver", ""));
            default -> {}
        }
    }

    private static void addPool(ObjectNode spec) {
        spec.putObject("pool").put("name", "").put("generation", 0).put("resourceSliceCount", 0);
    }
}
