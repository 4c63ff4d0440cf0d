package dev.gantry.state.kind.core.event;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.Conversion;
import dev.gantry.state.definition.Renaming;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.definition.Storage;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server knows of events: one resource under two groups, stored as in the core group.
 *
 * <p>Compat: {@code pkg/apis/events/v1}.
 */
public final class EventKind {
    private static final Kind IN_OWN_GROUP =
            Kind.namespaced("events.k8s.io", "v1", "Event", "events");

    private static final Conversion CONVERSION =
            new Renaming(
                    Kinds.EVENT,
                    IN_OWN_GROUP,
                    Map.of(
                            "involvedObject", "regarding",
                            "message", "note",
                            "reportingComponent", "reportingController",
                            "source", "deprecatedSource",
                            "firstTimestamp", "deprecatedFirstTimestamp",
                            "lastTimestamp", "deprecatedLastTimestamp",
                            "count", "deprecatedCount"));

    private EventKind() {}

    /** Makes of an event of its own group in place what is stored. */
    public static ObjectNode stored(ObjectNode event) {
        return CONVERSION.toStored(event);
    }

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.EVENT, new EventStrategy(false), new EventPrinter())
                .named(List.of("ev"), List.of())
                .stored(Storage.EVENTS)
                .also(ServedVersion.builtin(IN_OWN_GROUP, CONVERSION, new EventStrategy(true)));
    }
}
