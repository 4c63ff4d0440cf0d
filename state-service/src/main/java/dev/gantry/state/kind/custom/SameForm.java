package dev.gantry.state.kind.custom;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.Conversion;
import dev.gantry.state.schema.structural.StructuralType;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version of a custom kind whose objects look the same in all versions.
 *
 * <p>Compat: the strategy {@code None}. What is read has today's defaults of the version that it is
 * stored in, and nothing that the version of the request does not declare.
 *
 * @param stored the version in which objects are written now; some may be stored in an older one
 * @param all the types of the versions, by what objects say their version is
 */
record SameForm(Kind stored, Kind version, Map<String, StructuralType> all) implements Conversion {
    @Override
    public ObjectNode toStored(ObjectNode object) {
        return object.put("apiVersion", stored.apiVersion());
    }

    @Override
    public ObjectNode fromStored(ObjectNode object) {
        StructuralType was = all.get(object.path("apiVersion").asString(""));
        if (was != null) {
            was.fillIn(object);
        }
        StructuralType is = all.get(version.apiVersion());
        if (is != null && is != was) {
            is.prune(object);
        }
        return object.put("apiVersion", version.apiVersion());
    }

    @Override
    public Optional<String> storedField(String field) {
        return Optional.of(field);
    }
}
