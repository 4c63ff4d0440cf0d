package dev.gantry.state.log;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Small objects, and changes to them. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private Samples() {}

    public static ObjectKey key(Kind kind, String namespace, String name) {
        return new ObjectKey(kind.resource(), namespace, name);
    }

    public static ObjectKey configMap(String name) {
        return key(Kinds.CONFIG_MAP, "default", name);
    }

    /** An object of the kind with nothing but its metadata. */
    public static Resource object(Kind kind, ObjectKey key) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
        ObjectNode metadata = tree.putObject("metadata").put("name", key.name());
        if (key.isNamespaced()) {
            metadata.put("namespace", key.namespace());
        }
        metadata.put("uid", "uid-of-" + key.path());
        metadata.put("creationTimestamp", NOON.toString());
        return new Resource(tree);
    }

    public static Resource configMapWith(String name, String value) {
        Resource made = object(Kinds.CONFIG_MAP, configMap(name));
        made.tree().putObject("data").put("value", value);
        return made;
    }

    public static Resource podOn(String name, String node) {
        Resource made = object(Kinds.POD, key(Kinds.POD, "default", name));
        Resource.child(made.tree(), "spec").put("nodeName", node);
        return made;
    }

    public static Change create(Kind kind, Resource object) {
        return put(kind, object, Revision.NONE);
    }

    public static Change put(Kind kind, Resource object, Revision previous) {
        return new Change(
                object.key(kind.resource()), previous, Optional.of(object), "tester", NOON);
    }

    public static Change createConfigMap(String name, String value) {
        return create(Kinds.CONFIG_MAP, configMapWith(name, value));
    }

    public static Change putConfigMap(String name, String value, Revision previous) {
        return put(Kinds.CONFIG_MAP, configMapWith(name, value), previous);
    }

    public static Change remove(ObjectKey key, Revision previous) {
        return new Change(key, previous, Optional.empty(), "tester", NOON);
    }
}
