package dev.gantry.state.kind.custom;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.SimplePath;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What field selectors may ask of objects, beside their name and namespace.
 *
 * @param paths by what a selector calls the field: {@code spec.size}
 */
record SelectableFields(SortedMap<String, SimplePath> paths) {
    static SelectableFields of(JsonNode declared) {
        SortedMap<String, SimplePath> paths = new TreeMap<>();
        for (JsonNode each : declared) {
            String path = Resource.text(each, "jsonPath");
            SimplePath.parse(path)
                    .ifPresent(
                            found ->
                                    paths.put(
                                            path.startsWith(".") ? path.substring(1) : path,
                                            found));
        }
        return new SelectableFields(paths);
    }

    Map<String, String> of(Resource object) {
        Map<String, String> values = new TreeMap<>();
        paths.forEach(
                (name, path) ->
                        values.put(
                                name,
                                path.first(object.tree())
                                        .map(each -> each.asString(""))
                                        .orElse("")));
        return values;
    }
}
