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
 */
public record Needs(List<ObjectKey> objects, List<GroupResource> lists, String namespace) {
    public static final Needs NONE = new Needs(List.of(), List.of(), "");

    public static Needs objects(List<ObjectKey> objects) {
        return new Needs(List.copyOf(objects), List.of(), "");
    }

    public static Needs lists(List<GroupResource> lists, String namespace) {
        return new Needs(List.of(), List.copyOf(lists), namespace);
    }

    public boolean isNothing() {
        return objects.isEmpty() && lists.isEmpty();
    }
}
