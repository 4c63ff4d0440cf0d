package dev.gantry.client.controller;

import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The selector of a Service: all its pairs are among the labels of the pods that it selects. */
public final class ServiceSelector {
    private final JsonNode pairs;

    private ServiceSelector(JsonNode pairs) {
        this.pairs = pairs;
    }

    /** Empty where the Service has none, which selects nothing. */
    public static Optional<ServiceSelector> of(Resource service) {
        JsonNode pairs = service.spec().path("selector");
        return pairs.isEmpty() ? Optional.empty() : Optional.of(new ServiceSelector(pairs));
    }

    public boolean selects(Resource pod) {
        JsonNode labels = pod.metadata().path("labels");
        for (Map.Entry<String, JsonNode> each : pairs.properties()) {
            if (!each.getValue().equals(labels.get(each.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** One of its pairs: only pods that have it can be selected. */
    public Map.Entry<String, String> anyPair() {
        Map.Entry<String, JsonNode> first = pairs.properties().iterator().next();
        return Map.entry(first.getKey(), first.getValue().asString(""));
    }
}
