package dev.gantry.scheduler.snapshot.column;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A number under each small key (a row, a domain), zero where nothing was added; never negative.
 * Only the owning snapshot changes it.
 *
 * <p>Cost: most rules of a big cluster concern few of its nodes, so it begins as a hash table of
 * ints and becomes a plain array where the keys are few or more than a third of them are taken. A
 * thousand rules over 5,000 nodes then take 1 MB instead of 20.
 */
public final class IntCounts {
    private static final int EMPTY = -1;
    private static final int SMALLEST = 4;
    private static final int FEW = 32;

    private int[] keys = {};
    private int[] numbers = {};
    private int taken;
    private int highest = -1;
    private int positive;
    private int @Nullable [] dense;

    /** The number under {@code key}. */
    public int get(int key) {
        int[] all = dense;
        if (all != null) {
            return key < all.length ? all[key] : 0;
        }
        int slot = taken == 0 ? EMPTY : find(key);
        return slot < 0 ? 0 : numbers[slot];
    }

    /** How many keys have a number greater than zero. */
    public int size() {
        return positive;
    }

    /** Visits every key with a number greater than zero, in no particular order. */
    public void forEach(IntConsumer visitor) {
        int[] all = dense;
        if (all != null) {
            for (int key = 0; key < all.length; key++) {
                if (all[key] > 0) {
                    visitor.accept(key);
                }
            }
            return;
        }
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != EMPTY && numbers[slot] > 0) {
                visitor.accept(keys[slot]);
            }
        }
    }

    public void add(int key, int change) {
        if (change == 0) {
            return;
        }
        int before = get(key);
        positive += (before + change > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
        highest = Math.max(highest, key);
        if (dense != null) {
            addDense(key, change);
            return;
        }
        if (2 * (taken + 1) > keys.length && find(key) < 0) {
            makeRoom();
        }
        if (dense != null) {
            addDense(key, change);
        } else {
            addSparse(key, change);
        }
    }

    private void addDense(int key, int change) {
        int[] all = Objects.requireNonNull(dense);
        if (key >= all.length) {
            all = Arrays.copyOf(all, Math.max(key + 1, all.length * 3 / 2));
            dense = all;
        }
        all[key] += change;
    }

    private void addSparse(int key, int change) {
        int slot = find(key);
        if (slot < 0) {
            slot = -slot - 1;
            keys[slot] = key;
            numbers[slot] = 0;
            taken++;
        }
        numbers[slot] += change;
    }

    /** The slot that holds the key; negative, the slot where it would go less one. */
    private int find(int key) {
        if (keys.length == 0) {
            return EMPTY;
        }
        int mask = keys.length - 1;
        int slot = (key * 0x9E3779B9) >>> 7 & mask;
        while (keys[slot] != EMPTY) {
            if (keys[slot] == key) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return -slot - 1;
    }

    /** Drops keys that are back at zero; then grows, or goes over to an array. */
    private void makeRoom() {
        int[] oldKeys = keys;
        int[] oldNumbers = numbers;
        if (highest < FEW || (positive * 3L > highest && positive > 8)) {
            int[] all = new int[highest + 1];
            for (int slot = 0; slot < oldKeys.length; slot++) {
                if (oldKeys[slot] != EMPTY) {
                    all[oldKeys[slot]] = oldNumbers[slot];
                }
            }
            dense = all;
            keys = new int[0];
            numbers = keys;
            return;
        }
        int capacity = Math.max(SMALLEST, Integer.highestOneBit(positive + 1) * 4);
        keys = new int[capacity];
        Arrays.fill(keys, EMPTY);
        numbers = new int[capacity];
        taken = 0;
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldKeys[slot] != EMPTY && oldNumbers[slot] != 0) {
                addSparse(oldKeys[slot], oldNumbers[slot]);
            }
        }
    }
}
