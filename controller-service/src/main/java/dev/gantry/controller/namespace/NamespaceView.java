package dev.gantry.controller.namespace;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.SortedMap;

/**
 * All that a decision about one namespace may see.
 *
 * @param contents what is left in it, by resource; resources with nothing left are absent
 * @param isCertain whether the API itself was asked just now
 */
record NamespaceView(
        Resource namespace, SortedMap<GroupResource, List<Resource>> contents, boolean isCertain) {}
