package dev.gantry.client.shell.feed;

import dev.gantry.model.message.ChangeMessage;

/** Hears a change feed; called by one thread. */
public interface FeedListener {
    /** In commit order per resource; a repeated revision of an object is never delivered. */
    void onChange(ChangeMessage change);

    /**
     * Once, when all that was in the topics at the start has been delivered: the LIST is complete.
     */
    default void onCaughtUp() {}
}
