package dev.gantry.client.shell.http;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What discovery says that a group has: each resource in the version that the group prefers, or
 * else in the next that has it.
 *
 * <p>Asked anew each time: resources come and go while a client runs. Of one group only, since the
 * server of another may be away.
 */
final class ServedKinds {
    private final Function<String, Resource> get;

    /**
     * @param get gives the document at a path
     */
    ServedKinds(Function<String, Resource> get) {
        this.get = get;
    }

    /** Those whose objects can be listed. */
    List<Kind> listable(String group) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (String version : versions(group)) {
            String path = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
            for (JsonNode each : get.apply(path).tree().path("resources")) {
                if (isListable(each)) {
                    Kind kind = kind(group, version, each);
                    kinds.putIfAbsent(kind.plural(), kind);
                }
            }
        }
        return List.copyOf(kinds.values());
    }

    /** None where there is no such group. */
    private Set<String> versions(String group) {
        Set<String> versions = new LinkedHashSet<>();
        if (group.isEmpty()) {
            versions.add("v1");
            return versions;
        }
        for (JsonNode each : get.apply("/apis").tree().path("groups")) {
            if (Resource.text(each, "name").equals(group)) {
                versions.add(Resource.text(each.path("preferredVersion"), "version"));
                each.path("versions").forEach(one -> versions.add(Resource.text(one, "version")));
            }
        }
        return versions;
    }

    private static Kind kind(String group, String version, JsonNode resource) {
        String kind = Resource.text(resource, "kind");
        String plural = Resource.text(resource, "name");
        return resource.path("namespaced").asBoolean(false)
                ? Kind.namespaced(group, version, kind, plural)
                : Kind.ofCluster(group, version, kind, plural);
    }

    private static boolean isListable(JsonNode resource) {
        for (JsonNode verb : resource.path("verbs")) {
            if (verb.asString("").equals("list")) {
                return true;
            }
        }
        return false;
    }
}
