package dev.gantry.agent.shell.kafka;

import dev.gantry.client.shell.feed.FeedListener;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.ObjectKey;
import java.util.function.Consumer;

/** Hears that a ConfigMap or Secret changed; what it holds is asked of the API, as the node. */
public final class ReferenceFeed implements FeedListener {
    private final Consumer<ObjectKey> listener;
    private volatile boolean isCurrent;

    public ReferenceFeed(Consumer<ObjectKey> listener) {
        this.listener = listener;
    }

    /** The past is no news: volumes are written from what the API has now. */
    @Override
    public void onChange(ChangeMessage change) {
        if (isCurrent) {
            listener.accept(change.key());
        }
    }

    @Override
    public void onCaughtUp() {
        isCurrent = true;
    }
}
