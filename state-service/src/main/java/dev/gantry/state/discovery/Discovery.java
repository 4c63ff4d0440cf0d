package dev.gantry.state.discovery;

import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Etag;
import dev.gantry.state.codec.Transformation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of discovery for one set of served resources. Immutable: make another when a
 * CustomResourceDefinition comes or goes.
 */
public final class Discovery {
    private final Map<String, Document> plain = new TreeMap<>();
    private final Map<String, Document> aggregated = new TreeMap<>();

    /**
     * @param tree what to send, JSON or protobuf
     * @param etag quoted, as in the header
     */
    public record Document(ObjectNode tree, String etag) {}

    /**
     * @param remote what extension servers answer
     * @param serverAddress host and port under which clients reach the API
     */
    public Discovery(
            List<ServedResource> resources, List<RemoteVersion> remote, String serverAddress) {
        var groups = new ServedGroups(resources, remote);
        add(plain, "/api", PlainDocuments.coreVersions(serverAddress));
        add(plain, "/apis", PlainDocuments.groups(groups));
        for (String group : groups.names()) {
            if (!group.isEmpty()) {
                add(plain, "/apis/" + group, PlainDocuments.group(groups, group, true));
            }
            for (String version : groups.versions(group)) {
                String path = (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version;
                add(plain, path, PlainDocuments.resources(groups, group, version));
            }
        }
        for (String version : List.of("v2", "v2beta1")) {
            add(aggregated, version + "/api", AggregatedDocuments.core(groups, version));
            add(aggregated, version + "/apis", AggregatedDocuments.others(groups, version));
        }
    }

    /**
     * The document at {@code /api}, {@code /apis}, {@code /apis/GROUP} and so on, a trailing slash
     * aside. Empty where there is no such page, or no aggregated form of it.
     */
    public Optional<Document> page(String path, Transformation as) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Document found =
                switch (as) {
                    case DISCOVERY_V2 -> aggregated.get("v2" + bare);
                    case DISCOVERY_V2BETA1 -> aggregated.get("v2beta1" + bare);
                    default -> plain.get(bare);
                };
        return Optional.ofNullable(found);
    }

    /** Whether the page has an aggregated form, which the reply's content type must say. */
    public boolean isAggregated(String path) {
        return aggregated.containsKey("v2" + path.replaceFirst("/$", ""));
    }

    private static void add(Map<String, Document> to, String key, ObjectNode tree) {
        to.put(key, new Document(tree, Etag.of(BodyEncoder.json(tree))));
    }
}
