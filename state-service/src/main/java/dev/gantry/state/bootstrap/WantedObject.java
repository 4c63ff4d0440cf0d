package dev.gantry.state.bootstrap;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that must exist.
 *
 * @param ruled the fields that must be as here even where the object exists already; all others are
 *     left to whoever changed them
 */
public record WantedObject(Kind kind, ObjectNode object, Set<String> ruled) {
    public String path() {
        return collection() + "/" + new Resource(object).name();
    }

    /** Where such objects are created. */
    public String collection() {
        String root = kind.group().isEmpty() ? "/api/" : "/apis/";
        String namespace = new Resource(object).namespace();
        String middle = namespace.isEmpty() ? "/" : "/namespaces/" + namespace + "/";
        return root + kind.apiVersion() + middle + kind.plural();
    }

    /** The stored object as it shall be; empty where it is so already. */
    public Optional<ObjectNode> complete(Resource stored) {
        ObjectNode completed = stored.copy().tree();
        for (String field : ruled) {
            JsonNode wanted = object.path(field);
            if (wanted.isMissingNode()) {
                completed.remove(field);
            } else {
                completed.set(field, wanted.deepCopy());
            }
        }
        return completed.equals(stored.tree()) ? Optional.empty() : Optional.of(completed);
    }
}
