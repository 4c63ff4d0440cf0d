package dev.gantry.state.apply;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What kubectl applied last on the client's side, by its annotation. */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /**
     * The fields that still have the values which kubectl applied.
     *
     * <p>Compat: these may be taken over without force when kubectl moves to server-side apply.
     */
    static FieldSet untouched(ObjectNode live, Node root) {
        JsonNode annotation = live.path("metadata").path("annotations").path(ANNOTATION);
        if (!annotation.isString()) {
            return FieldSet.EMPTY;
        }
        try {
            JsonNode applied = JsonMapper.shared().readTree(annotation.stringValue());
            JsonNode merged = Merging.merge(live, applied, root);
            FieldSet differing = Comparison.of(live, merged, root).changed();
            return Fields.of(applied, root).difference(differing);
        } catch (JacksonException malformed) {
            return FieldSet.EMPTY;
        }
    }
}
