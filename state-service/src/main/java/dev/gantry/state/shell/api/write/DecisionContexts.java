package dev.gantry.state.shell.api.write;

import dev.gantry.model.exchange.Caller;
import dev.gantry.state.admission.RequestContext;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.shell.api.reply.GatewayVerdicts;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Where decisions get time, identity and chance from. */
public record DecisionContexts(Clock clock) {
    public Instant now() {
        return clock.instant();
    }

    public DecisionContext of(Caller caller, WriteOptions options) {
        return new DecisionContext(
                now(),
                RequestContext.of(
                                caller,
                                UUID.randomUUID().toString(),
                                ThreadLocalRandom.current().nextLong(Long.MAX_VALUE),
                                options)
                        .with(GatewayVerdicts.current()));
    }
}
