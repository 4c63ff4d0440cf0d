package dev.gantry.state.discovery;

import dev.gantry.state.discovery.ServedResource.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Discovery in the form of {@code apidiscovery.k8s.io}: everything in one document. */
final class AggregatedDocuments {
    private AggregatedDocuments() {}

    static ObjectNode core(ServedGroups groups, String version) {
        return document(groups, List.of(""), version);
    }

    static ObjectNode others(ServedGroups groups, String version) {
        return document(
                groups, groups.names().stream().filter(each -> !each.isEmpty()).toList(), version);
    }

    private static ObjectNode document(ServedGroups groups, List<String> names, String version) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("kind", "APIGroupDiscoveryList")
                .put("apiVersion", "apidiscovery.k8s.io/" + version)
                .putObject("metadata");
        ArrayNode items = document.putArray("items");
        names.forEach(name -> items.add(group(groups, name)));
        return document;
    }

    private static ObjectNode group(ServedGroups groups, String name) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = item.putObject("metadata");
        if (!name.isEmpty()) {
            metadata.put("name", name);
        }
        ArrayNode versions = item.putArray("versions");
        for (String version : groups.versions(name)) {
            ObjectNode entry = versions.addObject().put("version", version);
            ArrayNode resources = entry.putArray("resources");
            groups.of(name, version).forEach(each -> resources.add(resource(each)));
            entry.put("freshness", groups.isCurrent(name, version) ? "Current" : "Stale");
        }
        return item;
    }

    private static ObjectNode resource(ServedResource resource) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("resource", resource.plural());
        entry.set("responseKind", kind("", "", resource.kind().kind()));
        entry.put("scope", resource.isNamespaced() ? "Namespaced" : "Cluster");
        entry.put("singularResource", resource.singular());
        addAll(entry, "verbs", resource.verbs());
        addAll(entry, "shortNames", resource.shortNames());
        addAll(entry, "categories", resource.categories());
        if (!resource.subresources().isEmpty()) {
            ArrayNode list = entry.putArray("subresources");
            resource.subresources().forEach(each -> list.add(subresource(resource, each)));
        }
        return entry;
    }

    /** Compat: a kind of the resource's own group and version is named without them. */
    private static ObjectNode subresource(ServedResource resource, Subresource below) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("subresource", below.name());
        GroupVersionKind kind = below.kind();
        boolean isOwn = kind.apiVersion().equals(resource.kind().apiVersion());
        entry.set(
                "responseKind",
                isOwn
                        ? kind("", "", kind.kind())
                        : kind(kind.group(), kind.version(), kind.kind()));
        addAll(entry, "verbs", below.verbs());
        return entry;
    }

    private static ObjectNode kind(String group, String version, String kind) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("group", group)
                .put("version", version)
                .put("kind", kind);
    }

    private static void addAll(ObjectNode entry, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = entry.putArray(name);
            values.forEach(list::add);
        }
    }
}
