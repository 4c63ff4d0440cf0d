package dev.gantry.gateway.flowcontrol;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/**
 * How important requests are to the cluster, and how many of them are served at once: what a
 * PriorityLevelConfiguration says.
 *
 * @param uid empty where there is no such object, and the level has to be there all the same
 * @param isExempt never waits for a seat
 * @param shares its part of the server's seats, against those of all levels
 * @param lendablePercent how much of that other levels may use meanwhile
 * @param borrowablePercent how much above that it may have from others; {@link #UNBOUNDED} where
 *     nothing is said
 */
public record PriorityLevel(
        String name,
        String uid,
        boolean isExempt,
        int shares,
        int lendablePercent,
        int borrowablePercent,
        Queuing queuing) {
    static final int UNBOUNDED = -1;

    private static final int DEFAULT_SHARES = 30;

    static PriorityLevel of(Resource object) {
        JsonNode spec = object.spec();
        boolean isExempt = Resource.text(spec, "type").equals("Exempt");
        JsonNode seats = spec.path(isExempt ? "exempt" : "limited");
        return new PriorityLevel(
                object.name(),
                object.uid().value(),
                isExempt,
                seats.path("nominalConcurrencyShares").asInt(isExempt ? 0 : DEFAULT_SHARES),
                seats.path("lendablePercent").asInt(0),
                seats.path("borrowingLimitPercent").asInt(UNBOUNDED),
                queuing(seats.path("limitResponse")));
    }

    private static Queuing queuing(JsonNode response) {
        if (!Resource.text(response, "type").equals("Queue")) {
            return Queuing.NONE;
        }
        JsonNode queuing = response.path("queuing");
        return new Queuing(
                queuing.path("queues").asInt(64),
                queuing.path("handSize").asInt(8),
                queuing.path("queueLengthLimit").asInt(50));
    }
}
