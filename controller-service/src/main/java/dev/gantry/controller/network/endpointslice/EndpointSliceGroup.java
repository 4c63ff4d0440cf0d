package dev.gantry.controller.network.endpointslice;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wanted endpoints of one address family and one set of ports, and how they spread over slices.
 *
 * <p>Goal: change as few slices as possible. Steps: every slice keeps those of its endpoints that
 * are still wanted; new ones fill the slices that have room; what is left makes new slices.
 */
final class EndpointSliceGroup {
    private static final int PER_SLICE = 100;

    private final Map<String, ObjectNode> missing = new LinkedHashMap<>();
    private final List<Content> contents = new ArrayList<>();

    /** What one slice shall hold; {@code slice} is null for a new one. */
    record Content(@org.jspecify.annotations.Nullable Resource slice, ArrayNode endpoints) {}

    void want(ObjectNode endpoint) {
        missing.put(identity(endpoint), endpoint);
    }

    void offer(Resource slice) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : slice.tree().path("endpoints")) {
            ObjectNode wanted = missing.remove(identity(each));
            if (wanted != null) {
                kept.add(wanted);
            }
        }
        contents.add(new Content(slice, kept));
    }

    /** To be called after all slices have been offered. */
    List<Content> distribute() {
        List<ObjectNode> left = new ArrayList<>(missing.values());
        int next = 0;
        for (Content content : contents) {
            while (next < left.size() && content.endpoints.size() < PER_SLICE) {
                content.endpoints.add(left.get(next++));
            }
        }
        while (next < left.size()) {
            ArrayNode fresh = JsonNodeFactory.instance.arrayNode();
            while (next < left.size() && fresh.size() < PER_SLICE) {
                fresh.add(left.get(next++));
            }
            contents.add(new Content(null, fresh));
        }
        return contents;
    }

    private static String identity(JsonNode endpoint) {
        return Resource.text(endpoint.path("targetRef"), "uid") + endpoint.path("addresses");
    }
}
