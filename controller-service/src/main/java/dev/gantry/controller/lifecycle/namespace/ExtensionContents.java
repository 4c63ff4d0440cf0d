package dev.gantry.controller.lifecycle.namespace;

import dev.gantry.client.controller.AggregatedKinds;
import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What extension servers keep in a namespace. No feed tells of their objects, so they are asked:
 * first what they serve, then for the objects of each resource that can be listed and deleted.
 *
 * @param unanswered what has to be asked before the rest is true
 * @param objects by resource; resources with nothing are absent
 * @param unknown versions of groups, such as {@code example.com/v1}, that do not say what they
 *     serve, with the reason
 */
record ExtensionContents(
        List<ApiQuery> unanswered,
        SortedMap<GroupResource, List<Resource>> objects,
        SortedMap<String, String> unknown) {
    static final ExtensionContents NONE =
            new ExtensionContents(List.of(), new TreeMap<>(), new TreeMap<>());

    static ExtensionContents of(String namespace, ClusterReader cluster) {
        var contents = new ExtensionContents(new ArrayList<>(), new TreeMap<>(), new TreeMap<>());
        Set<GroupResource> seen = new TreeSet<>();
        for (Resource each : AggregatedKinds.services(cluster)) {
            contents.add(each, namespace, cluster, seen);
        }
        return contents;
    }

    private void add(
            Resource service, String namespace, ClusterReader cluster, Set<GroupResource> seen) {
        String group = AggregatedKinds.group(service);
        String version = group + "/" + AggregatedKinds.version(service);
        for (JsonNode each : asked("/apis/" + version, "resources", version, cluster)) {
            var resource = new GroupResource(group, Resource.text(each, "name"));
            if (isDeletable(each) && seen.add(resource)) {
                String path =
                        "/apis/%s/namespaces/%s/%s"
                                .formatted(version, namespace, resource.plural());
                List<Resource> found = new ArrayList<>();
                for (JsonNode item : asked(path, "items", version, cluster)) {
                    found.add(new Resource((ObjectNode) item));
                }
                if (!found.isEmpty()) {
                    objects.put(resource, found);
                }
            }
        }
    }

    /** The list in an answer; empty while there is none. */
    private JsonNode asked(String path, String list, String version, ClusterReader cluster) {
        ApiQuery query = ApiQuery.of(path);
        Optional<ApiAnswer> answer = cluster.answer(query);
        if (answer.isEmpty()) {
            unanswered.add(query);
            return MissingNode.getInstance();
        }
        return switch (answer.get()) {
            case ApiAnswer.Found found -> found.object().tree().path(list);
            case ApiAnswer.Refused refused -> {
                unknown.put(version, refused.message());
                yield MissingNode.getInstance();
            }
        };
    }

    private static boolean isDeletable(JsonNode resource) {
        return resource.path("namespaced").asBoolean(false)
                && AggregatedKinds.allows(resource, Set.of("list", "delete"));
    }
}
