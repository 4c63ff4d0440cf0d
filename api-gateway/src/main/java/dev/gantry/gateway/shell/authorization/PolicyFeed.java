package dev.gantry.gateway.shell.authorization;

import dev.gantry.client.shell.feed.ChangeFeed;
import dev.gantry.client.shell.feed.FeedListener;
import dev.gantry.client.shell.feed.SharedTrees;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.gateway.shell.aggregation.ApiServiceStore;
import dev.gantry.gateway.shell.flowcontrol.FlowControlStore;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the policy, what extension servers answer, and who waits for whom, current from the change
 * feed.
 */
public final class PolicyFeed implements FeedListener, AutoCloseable {
    private final Stores stores;
    private final ChangeFeed feed;
    private volatile boolean caughtUp;

    /** What the gateway holds of the cluster. */
    public record Stores(PolicyStore policies, ApiServiceStore apis, FlowControlStore flow) {
        void put(ObjectKey key, Optional<Resource> object, Revision revision) {
            if (key.resource().equals(ApiServiceStore.RESOURCE)) {
                apis.put(key, object, revision);
            } else if (FlowControlStore.holds(key.resource())) {
                flow.put(key, object, revision);
            } else {
                policies.put(key, object, revision);
            }
        }
    }

    public PolicyFeed(Stores stores, KafkaSettings kafka) {
        this.stores = stores;
        Set<GroupResource> followed = new HashSet<>(PolicyResources.all());
        followed.add(ApiServiceStore.RESOURCE);
        FlowControlStore.KINDS.forEach(each -> followed.add(each.resource()));
        this.feed = new ChangeFeed("gateway-policy", kafka, followed, this);
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
        stores.put(change.key(), SharedTrees.after(change), change.revision());
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
