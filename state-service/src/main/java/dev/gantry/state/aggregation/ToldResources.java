package dev.gantry.state.aggregation;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.discovery.ServedResource.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads an {@code APIResourceList}, as extension servers tell what they serve. Compat: {@code
 * ConvertGroupVersionIntoToAPIVersion} backwards.
 */
final class ToldResources {
    private ToldResources() {}

    static List<ServedResource> read(JsonNode list) {
        String apiVersion = text(list, "groupVersion");
        List<ServedResource> found = new ArrayList<>();
        for (JsonNode each : list.path("resources")) {
            String name = text(each, "name");
            if (!name.isEmpty() && name.indexOf('/') < 0) {
                found.add(resource(each, apiVersion, below(list, name, apiVersion)));
            }
        }
        return found;
    }

    private static List<Subresource> below(JsonNode list, String plural, String apiVersion) {
        List<Subresource> found = new ArrayList<>();
        for (JsonNode each : list.path("resources")) {
            String name = text(each, "name");
            if (name.startsWith(plural + "/")) {
                found.add(
                        new Subresource(
                                name.substring(plural.length() + 1),
                                kind(each, apiVersion),
                                texts(each, "verbs")));
            }
        }
        return found;
    }

    private static ServedResource resource(
            JsonNode entry, String apiVersion, List<Subresource> below) {
        return new ServedResource(
                kind(entry, apiVersion),
                text(entry, "name"),
                text(entry, "singularName"),
                entry.path("namespaced").asBoolean(false),
                texts(entry, "verbs"),
                texts(entry, "shortNames"),
                texts(entry, "categories"),
                below,
                false);
    }

    /** A kind of another group or version than the list's says so. */
    private static GroupVersionKind kind(JsonNode entry, String apiVersion) {
        String kind = text(entry, "kind");
        String version = text(entry, "version");
        return version.isEmpty()
                ? GroupVersionKind.of(apiVersion, kind)
                : new GroupVersionKind(text(entry, "group"), version, kind);
    }

    private static List<String> texts(JsonNode entry, String name) {
        List<String> found = new ArrayList<>();
        entry.path(name).forEach(each -> found.add(each.asString("")));
        return found;
    }
}
