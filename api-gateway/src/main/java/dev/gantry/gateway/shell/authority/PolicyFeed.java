package dev.gantry.gateway.shell.authority;

import dev.gantry.client.shell.feed.ChangeFeed;
import dev.gantry.client.shell.feed.FeedListener;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the policy current from the change feed. */
public final class PolicyFeed implements FeedListener, AutoCloseable {
    private static final ObjectReader TREES = JsonMapper.shared().readerFor(ObjectNode.class);

    private final PolicyStore store;
    private final ChangeFeed feed;
    private volatile boolean caughtUp;

    public PolicyFeed(PolicyStore store, KafkaSettings kafka) {
        this.store = store;
        this.feed = new ChangeFeed("gateway-policy", kafka, PolicyResources.all(), this);
    }

    public PolicyFeed start() {
        feed.start();
        return this;
    }

    public boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public void onChange(ChangeMessage change) {
        byte[] body = change.body();
        Optional<Resource> object =
                body == null ? Optional.empty() : Optional.of(new Resource(TREES.readValue(body)));
        store.put(change.key(), object, change.revision());
    }

    @Override
    public void onCaughtUp() {
        caughtUp = true;
    }

    @Override
    public void close() {
        feed.close();
    }
}
