package dev.gantry.controller.lifecycle.namespace;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a decision about one namespace may see.
 *
 * @param contents what is left in it, by resource; resources with nothing left are absent
 * @param extensions the same of extension servers
 * @param isCertain whether the API itself was asked just now
 * @param refusal why the API refused our last try; empty where it went well
 */
record NamespaceView(
        Resource namespace,
        SortedMap<GroupResource, List<Resource>> contents,
        ExtensionContents extensions,
        boolean isCertain,
        Optional<String> refusal) {
    private static final GroupResource PODS = Resources.PODS;

    /** What has to go now: pods before all else, so that what they use outlives them. */
    SortedMap<GroupResource, List<Resource>> turn() {
        if (contents.containsKey(PODS)) {
            return new TreeMap<>(Map.of(PODS, contents.get(PODS)));
        }
        SortedMap<GroupResource, List<Resource>> all = new TreeMap<>(contents);
        all.putAll(extensions.objects());
        return all;
    }
}
