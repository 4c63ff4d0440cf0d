package dev.gantry.model.cache;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of so many entries at most: where one more comes, the one leaves that was put or asked for
 * the longest ago. To be used by one thread at a time, even to ask it.
 */
public final class LruMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    public LruMap(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
