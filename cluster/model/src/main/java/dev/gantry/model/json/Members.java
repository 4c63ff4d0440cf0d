package dev.gantry.model.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object in the order in which they came.
 *
 * <p>Cost: nearly all objects have few members, and there are millions of them. Names and values
 * stand side by side in one array, and a name is looked for from its beginning: a pod's tree takes
 * 12 KB instead of 20 with LinkedHashMaps, is read and looked into as fast, and written in two
 * thirds of the time. With more than {@value #FEW} members it is a LinkedHashMap inside.
 */
final class Members extends AbstractMap<String, JsonNode> {
    /** A pod's spec has up to some 40 members, with all that is defaulted usually 15. */
    private static final int FEW = 24;

    private static final int FIRST = 4;

    /** Name, value, name, value …; empty where {@link #many} is there. */
    private @Nullable Object[] pairs = new Object[2 * FIRST];

    private int size;
    private @Nullable Map<String, JsonNode> many;

    @Override
    public int size() {
        return many == null ? size : many.size();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return many == null ? find(name) >= 0 : many.containsKey(name);
    }

    @Override
    public @Nullable JsonNode get(@Nullable Object name) {
        if (many != null) {
            return many.get(name);
        }
        int at = find(name);
        return at < 0 ? null : value(at);
    }

    @Override
    public @Nullable JsonNode put(String name, JsonNode value) {
        if (many != null) {
            return many.put(name, value);
        }
        int at = find(name);
        if (at >= 0) {
            return replace(at, value);
        }
        if (size == FEW) {
            many = new LinkedHashMap<>(this);
            pairs = new Object[0];
            return many.put(name, value);
        }
        if (2 * size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairs.length);
        }
        pairs[2 * size] = name;
        pairs[2 * size + 1] = value;
        size++;
        return null;
    }

    @Override
    public @Nullable JsonNode remove(@Nullable Object name) {
        if (many != null) {
            return many.remove(name);
        }
        int at = find(name);
        if (at < 0) {
            return null;
        }
        JsonNode removed = value(at);
        removeAt(at);
        return removed;
    }

    @Override
    public void clear() {
        many = null;
        pairs = new Object[2 * FIRST];
        size = 0;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super JsonNode> action) {
        if (many != null) {
            many.forEach(action);
            return;
        }
        for (int at = 0; at < size; at++) {
            action.accept(name(at), value(at));
        }
    }

    @Override
    public Set<Entry<String, JsonNode>> entrySet() {
        return many == null ? new Entries() : many.entrySet();
    }

    /** Cost: hashes are kept in the texts, so unequal names are told apart without reading them. */
    private int find(@Nullable Object name) {
        int hash = Objects.hashCode(name);
        for (int at = 0; at < size; at++) {
            String each = name(at);
            if (each == name || each.hashCode() == hash && each.equals(name)) {
                return at;
            }
        }
        return -1;
    }

    private String name(int at) {
        return (String) Objects.requireNonNull(pairs[2 * at]);
    }

    private JsonNode value(int at) {
        return (JsonNode) Objects.requireNonNull(pairs[2 * at + 1]);
    }

    private JsonNode replace(int at, JsonNode value) {
        JsonNode before = value(at);
        pairs[2 * at + 1] = value;
        return before;
    }

    private void removeAt(int at) {
        size--;
        System.arraycopy(pairs, 2 * at + 2, pairs, 2 * at, 2 * (size - at));
        Arrays.fill(pairs, 2 * size, 2 * size + 2, null);
    }

    private final class Entries extends AbstractSet<Entry<String, JsonNode>> {
        @Override
        public int size() {
            return size;
        }

        @Override
        public Iterator<Entry<String, JsonNode>> iterator() {
            return new Walk();
        }
    }

    private final class Walk implements Iterator<Entry<String, JsonNode>> {
        private int next;
        private boolean canRemove;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Entry<String, JsonNode> next() {
            if (next >= size) {
                throw new NoSuchElementException();
            }
            canRemove = true;
            return new Member(name(next), value(next++));
        }

        @Override
        public void remove() {
            if (!canRemove) {
                throw new IllegalStateException("nothing to remove");
            }
            canRemove = false;
            removeAt(--next);
        }
    }

    /** A member; setting its value sets it in the object. */
    private final class Member extends SimpleEntry<String, JsonNode> {
        private static final long serialVersionUID = 1;

        Member(String name, JsonNode value) {
            super(name, value);
        }

        @Override
        public JsonNode setValue(JsonNode value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
