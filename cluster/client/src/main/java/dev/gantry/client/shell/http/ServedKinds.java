package dev.gantry.client.shell.http;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What discovery says that there is: each resource in the version that its group prefers.
 *
 * <p>Asked anew each time: resources come and go while a client runs.
 */
final class ServedKinds {
    private final Function<String, Resource> get;

    /**
     * @param get gives the document at a path
     */
    ServedKinds(Function<String, Resource> get) {
        this.get = get;
    }

    /** Those whose objects can be listed, in the order of the groups. */
    List<Kind> listable() {
        List<Kind> kinds = new ArrayList<>(ofVersion("", "v1"));
        for (JsonNode group : get.apply("/apis").tree().path("groups")) {
            String version = Resource.text(group.path("preferredVersion"), "version");
            kinds.addAll(ofVersion(Resource.text(group, "name"), version));
        }
        return kinds;
    }

    private List<Kind> ofVersion(String group, String version) {
        String path = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        List<Kind> kinds = new ArrayList<>();
        for (JsonNode each : get.apply(path).tree().path("resources")) {
            if (isListable(each)) {
                String kind = Resource.text(each, "kind");
                String plural = Resource.text(each, "name");
                kinds.add(
                        each.path("namespaced").asBoolean(false)
                                ? Kind.namespaced(group, version, kind, plural)
                                : Kind.ofCluster(group, version, kind, plural));
            }
        }
        return kinds;
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
