package dev.gantry.gateway.shell.authorization;

import dev.gantry.client.shell.feed.ChangeFeed;
import dev.gantry.client.shell.feed.FeedListener;
import dev.gantry.client.shell.feed.SharedTrees;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.ChangeMessage;

/** Keeps the policy current from the change feed. */
public final class PolicyFeed implements FeedListener, AutoCloseable {
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
        store.put(change.key(), SharedTrees.after(change), change.revision());
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
