package dev.gantry.state.kind.core.event;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What events through {@code events.k8s.io/v1} are held to beyond those of the core group.
 *
 * <p>Compat: {@code ValidateEventCreate} and {@code ValidateEventUpdate}; fields have the names of
 * the stored form there, too.
 */
final class StrictEventRules {
    private static final List<String> OUTDATED =
            List.of("firstTimestamp", "lastTimestamp", "count");
    private static final List<String> IMMUTABLE =
            List.of(
                    "involvedObject",
                    "reason",
                    "message",
                    "source",
                    "firstTimestamp",
                    "lastTimestamp",
                    "count",
                    "reason",
                    "type",
                    "eventTime",
                    "action",
                    "related",
                    "reportingComponent",
                    "reportingInstance");

    private StrictEventRules() {}

    static void checkNew(Field event) {
        series(event);
        if (!event.has("eventTime")) {
            event.child("eventTime").required("");
        }
        String type = event.text("type");
        if (!type.equals("Normal") && !type.equals("Warning")) {
            event.child("type").invalidText("", "has invalid value: " + type);
        }
        for (String name : OUTDATED) {
            if (event.has(name)) {
                event.child(name).invalidText("", "needs to be unset");
            }
        }
        Field source = event.child("source");
        if (!source.text("component").isEmpty() || !source.text("host").isEmpty()) {
            source.invalidText("", "needs to be unset");
        }
    }

    static void checkUpdate(Field event, JsonNode stored) {
        if (!Sameness.same(event.child("series").value(), stored.path("series"))) {
            series(event);
        }
        for (String name : IMMUTABLE) {
            String shown = name.equals("reportingComponent") ? "reportingController" : name;
            event.child(name).at(shown).immutable(stored.path(name));
        }
    }

    private static void series(Field event) {
        Field series = event.child("series");
        if (!series.isSet()) {
            return;
        }
        if (series.child("count").number() < 2) {
            series.child("count").invalidText("", "should be at least 2");
        }
        if (!series.has("lastObservedTime")) {
            series.child("lastObservedTime").required("");
        }
    }
}
