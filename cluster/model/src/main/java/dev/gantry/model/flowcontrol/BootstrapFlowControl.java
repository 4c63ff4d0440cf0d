package dev.gantry.model.flowcontrol;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All of them, levels first. */
public final class BootstrapFlowControl {
    /** The names of the mandatory levels, and of the schemas that lead to them. */
    public static final String EXEMPT = "exempt";

    public static final String CATCH_ALL = "catch-all";

    /** Compat: where it is {@code true}, the server itself keeps the spec up to date. */
    private static final String AUTO_UPDATE = "apf.kubernetes.io/autoupdate-spec";

    private BootstrapFlowControl() {}

    /** Freshly built: the caller owns the trees. */
    public static List<Resource> objects() {
        List<Resource> all = new ArrayList<>(levels());
        all.addAll(schemas());
        return all;
    }

    public static List<Resource> levels() {
        return all(Kinds.PRIORITY_LEVEL_CONFIGURATION, BootstrapLevels.specs());
    }

    public static List<Resource> schemas() {
        return all(Kinds.FLOW_SCHEMA, BootstrapSchemas.specs());
    }

    /**
     * The stored object as it should be, or empty where nothing is to be done.
     *
     * <p>Compat: what the exempt level lends is left to administrators, and so is whatever they
     * took the annotation from. The other mandatory specs cannot differ, as no other is stored.
     */
    public static Optional<Resource> completed(Resource stored, Resource wanted) {
        boolean isKept = "true".equals(stored.annotations().get(AUTO_UPDATE));
        if (!isKept || wanted.name().equals(EXEMPT) || stored.spec().equals(wanted.spec())) {
            return Optional.empty();
        }
        Resource changed = stored.copy();
        changed.tree().set("spec", wanted.spec().deepCopy());
        return Optional.of(changed);
    }

    private static List<Resource> all(Kind kind, Map<String, ObjectNode> specs) {
        List<Resource> all = new ArrayList<>();
        specs.forEach((name, spec) -> all.add(object(kind, name, spec)));
        return all;
    }

    private static Resource object(Kind kind, String name, ObjectNode spec) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
        object.putObject("metadata")
                .put("name", name)
                .putObject("annotations")
                .put(AUTO_UPDATE, "true");
        object.set("spec", spec);
        return new Resource(object);
    }
}
