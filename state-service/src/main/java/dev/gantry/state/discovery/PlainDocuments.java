package dev.gantry.state.discovery;

import dev.gantry.state.discovery.ServedResource.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Discovery in the form of {@code meta/v1}: a document per level. */
final class PlainDocuments {
    private PlainDocuments() {}

    static ObjectNode coreVersions(String serverAddress) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("kind", "APIVersions").putArray("versions").add("v1");
        document.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", serverAddress);
        return document;
    }

    static ObjectNode groups(ServedGroups groups) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode list = document.putArray("groups");
        for (String name : groups.names()) {
            if (!name.isEmpty()) {
                list.add(group(groups, name, false));
            }
        }
        return document;
    }

    /**
     * @param isWhole a document of its own, which says what it is
     */
    static ObjectNode group(ServedGroups groups, String name, boolean isWhole) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (isWhole) {
            document.put("kind", "APIGroup").put("apiVersion", "v1");
        }
        document.put("name", name);
        ArrayNode versions = document.putArray("versions");
        for (String version : groups.versions(name)) {
            versions.add(versionOf(name, version));
        }
        document.set("preferredVersion", versionOf(name, groups.versions(name).getFirst()));
        return document;
    }

    static ObjectNode resources(ServedGroups groups, String group, String version) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            document.put("apiVersion", "v1");
        }
        document.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode list = document.putArray("resources");
        for (ServedResource each : groups.of(group, version)) {
            list.add(resource(each));
            each.subresources().forEach(below -> list.add(subresource(each, below)));
        }
        return document;
    }

    private static ObjectNode versionOf(String group, String version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("groupVersion", group + "/" + version)
                .put("version", version);
    }

    private static ObjectNode resource(ServedResource resource) {
        ObjectNode entry =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", resource.plural())
                        .put("singularName", resource.singular())
                        .put("namespaced", resource.isNamespaced())
                        .put("kind", resource.kind().kind());
        addAll(entry, "verbs", resource.verbs());
        addAll(entry, "shortNames", resource.shortNames());
        addAll(entry, "categories", resource.categories());
        return entry;
    }

    private static ObjectNode subresource(ServedResource resource, Subresource below) {
        ObjectNode entry =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", resource.plural() + "/" + below.name())
                        .put("singularName", "")
                        .put("namespaced", resource.isNamespaced());
        GroupVersionKind kind = below.kind();
        if (!kind.apiVersion().equals(resource.kind().apiVersion())) {
            entry.put("group", kind.group()).put("version", kind.version());
        }
        entry.put("kind", kind.kind());
        addAll(entry, "verbs", below.verbs());
        return entry;
    }

    private static void addAll(ObjectNode entry, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = entry.putArray(name);
            values.forEach(list::add);
        }
    }
}
