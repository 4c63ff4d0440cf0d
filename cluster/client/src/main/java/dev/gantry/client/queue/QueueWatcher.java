package dev.gantry.client.queue;

/**
 * Hears what becomes of the keys of a {@link WorkQueue}; called by the thread that owns the queue.
 */
public interface QueueWatcher<K> {
    /** The key is to be worked on, and was not so before. */
    void added(K key);

    void taken(K key);

    /** It is worked on no more, whether that went well or not. */
    void done(K key);

    /** It is to come back later. */
    void retried(K key);

    static <K> QueueWatcher<K> none() {
        return new QueueWatcher<>() {
            @Override
            public void added(K key) {}

            @Override
            public void taken(K key) {}

            @Override
            public void done(K key) {}

            @Override
            public void retried(K key) {}
        };
    }
}
