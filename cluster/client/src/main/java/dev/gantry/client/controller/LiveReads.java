package dev.gantry.client.controller;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import java.util.List;

/**
 * What must be read from the API itself before a decision, because a cache that is a moment behind
 * would make it wrong for good.
 *
 * @param objects looked up one by one
 * @param lists listed whole, in {@code namespace}
 * @param queries asked as they are; with their answers, the controller is asked for more until it
 *     names none
 */
public record LiveReads(
        List<ObjectKey> objects,
        List<GroupResource> lists,
        String namespace,
        List<ApiQuery> queries) {
    public static final LiveReads NONE = new LiveReads(List.of(), List.of(), "", List.of());

    public static LiveReads objects(List<ObjectKey> objects) {
        return new LiveReads(List.copyOf(objects), List.of(), "", List.of());
    }

    public static LiveReads lists(List<GroupResource> lists, String namespace) {
        return new LiveReads(List.of(), List.copyOf(lists), namespace, List.of());
    }

    public static LiveReads queries(List<ApiQuery> queries) {
        return new LiveReads(List.of(), List.of(), "", List.copyOf(queries));
    }

    public boolean isNothing() {
        return objects.isEmpty() && lists.isEmpty() && queries.isEmpty();
    }
}
