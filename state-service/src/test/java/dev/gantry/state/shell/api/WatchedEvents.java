package dev.gantry.state.shell.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of a watch of the corpus, up to the end of the initial ones or to the removal of the
 * object for good, which is its second; else until the watch ends by itself.
 */
final class WatchedEvents {
    private static final int REMOVALS = 2;

    private final List<JsonNode> events = new ArrayList<>();
    private int removals;

    /** False once it has heard enough. */
    boolean hear(String text) {
        JsonNode event = JsonMapper.shared().readTree(text);
        events.add(event);
        String type = event.path("type").asString("");
        removals += type.equals("DELETED") ? 1 : 0;
        boolean isEndOfInitial =
                type.equals("BOOKMARK") && event.toString().contains("k8s.io/initial-events-end");
        return removals < REMOVALS && !isEndOfInitial;
    }

    /** As one answer. */
    String text() {
        ObjectNode all = JsonMapper.shared().createObjectNode();
        all.putArray("events").addAll(events);
        return all.toString();
    }
}
