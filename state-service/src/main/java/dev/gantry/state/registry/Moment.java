package dev.gantry.state.registry;

import dev.gantry.model.exchange.Caller;
import java.time.Instant;

/**
 * What a decision needs of the world: when it is, who asks, and chance.
 *
 * @param uid for an object that is created
 * @param seed decides generated names; a different one for each request
 */
public record Moment(Instant now, Caller caller, String uid, long seed) {
    String actor() {
        return caller.user();
    }
}
