package dev.gantry.state.definition;

import dev.gantry.model.kind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A version whose outermost fields have other names than in the stored form, and nothing else. */
public final class Renaming implements Conversion {
    private final Kind stored;
    private final Kind version;
    private final Map<String, String> fromStored;
    private final Map<String, String> toStored = new TreeMap<>();

    /**
     * @param names what fields of the stored form are called in the version
     */
    public Renaming(Kind stored, Kind version, Map<String, String> names) {
        this.stored = stored;
        this.version = version;
        this.fromStored = new TreeMap<>(names);
        names.forEach((there, here) -> toStored.put(here, there));
    }

    @Override
    public ObjectNode toStored(ObjectNode object) {
        return renamed(object, toStored, stored);
    }

    @Override
    public ObjectNode fromStored(ObjectNode object) {
        return renamed(object, fromStored, version);
    }

    @Override
    public Optional<String> storedField(String field) {
        int dot = field.indexOf('.');
        String first = dot < 0 ? field : field.substring(0, dot);
        return fromStored.containsKey(first)
                ? Optional.empty()
                : Optional.of(
                        toStored.getOrDefault(first, first)
                                + (dot < 0 ? "" : field.substring(dot)));
    }

    private static ObjectNode renamed(ObjectNode object, Map<String, String> names, Kind kind) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        object.properties().forEach(each -> fields.add(Map.entry(each.getKey(), each.getValue())));
        object.removeAll();
        for (Map.Entry<String, JsonNode> each : fields) {
            object.set(names.getOrDefault(each.getKey(), each.getKey()), each.getValue());
        }
        return object.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
    }
}
