package dev.gantry.gateway.shell;

import dev.gantry.gateway.shell.authorization.PolicyFeed;
import dev.gantry.gateway.shell.authorization.PolicyStore;
import java.util.Optional;

/** The change feed, where the gateway is told to follow it. */
record PolicyFollower(Optional<PolicyFeed> feed) implements AutoCloseable {
    static PolicyFollower of(Settings settings, PolicyStore policies) {
        return new PolicyFollower(
                settings.feed().map(kafka -> new PolicyFeed(policies, kafka).start()));
    }

    /** Without a feed there is nothing to catch up with. */
    boolean isCaughtUp() {
        return feed.map(PolicyFeed::isCaughtUp).orElse(true);
    }

    @Override
    public void close() {
        feed.ifPresent(PolicyFeed::close);
    }
}
