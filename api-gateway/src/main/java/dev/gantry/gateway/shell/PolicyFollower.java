package dev.gantry.gateway.shell;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.gateway.shell.authority.PolicyFeed;
import dev.gantry.gateway.shell.authority.PolicyStore;
import dev.gantry.model.message.Topics;
import java.util.Optional;

/** The change feed, where the gateway is told to follow it. */
record PolicyFollower(Optional<PolicyFeed> feed) implements AutoCloseable {
    static PolicyFollower of(Settings settings, PolicyStore policies) {
        if (!settings.isFollowingFeed()) {
            return new PolicyFollower(Optional.empty());
        }
        if (!settings.kafka().containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException(
                    "gantry.kafka.properties[bootstrap.servers] is not set: changes of roles come"
                            + " over Kafka");
        }
        var kafka = new KafkaSettings(settings.kafka(), new Topics(settings.topicPrefix()));
        return new PolicyFollower(Optional.of(new PolicyFeed(policies, kafka).start()));
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
