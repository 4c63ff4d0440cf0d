package dev.gantry.state.log;

import dev.gantry.model.meta.Resource;
import java.util.Map;

/** Selectable fields for tests that bring no strategies. */
public final class NodeNameField {
    private NodeNameField() {}

    public static Map<String, String> of(Resource object) {
        String node = Resource.text(object.spec(), "nodeName");
        return node.isEmpty() ? Map.of() : Map.of("spec.nodeName", node);
    }
}
