package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.Caller;
import dev.gantry.state.registry.Moment;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Where decisions get time, identity and chance from. */
record Moments(Clock clock) {
    Moment of(Caller caller) {
        return new Moment(
                clock.instant(),
                caller,
                UUID.randomUUID().toString(),
                ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    }
}
