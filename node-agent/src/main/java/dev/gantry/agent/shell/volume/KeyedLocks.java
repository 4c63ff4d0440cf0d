package dev.gantry.agent.shell.volume;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for each key, which is there only while somebody holds it or waits for it. */
public final class KeyedLocks<K> {
    private final Map<K, Entry> entries = new HashMap<>();

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** To be closed by the thread that has got it. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    Held lock(K key) throws InterruptedException {
        Entry entry = enter(key);
        try {
            entry.lock.lockInterruptibly();
        } catch (InterruptedException cancelled) {
            leave(key, entry);
            throw cancelled;
        }
        return () -> {
            entry.lock.unlock();
            leave(key, entry);
        };
    }

    /** How many hold the key's lock or wait for it. */
    synchronized int users(K key) {
        Entry entry = entries.get(key);
        return entry == null ? 0 : entry.users;
    }

    /** How many keys somebody is interested in. */
    synchronized int size() {
        return entries.size();
    }

    private synchronized Entry enter(K key) {
        Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
        entry.users++;
        return entry;
    }

    private synchronized void leave(K key, Entry entry) {
        entry.users--;
        if (entry.users == 0) {
            entries.remove(key);
        }
    }
}
