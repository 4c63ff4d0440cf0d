package dev.gantry.state.memory;

import dev.gantry.state.memory.SortedTable.Branch;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values between two places of a {@link SortedTable}, as a list that nothing is copied for.
 *
 * <p>Cost: a place is found in as many steps as the table is deep, and from there on each step of
 * an iterator takes constant time on average. So a page costs as much as is in it.
 */
final class TableRange<V> extends AbstractList<V> {
    private final @Nullable Branch<?, V> root;
    private final int from;
    private final int to;

    TableRange(@Nullable Branch<?, V> root, int from, int to) {
        this.root = root;
        this.from = from;
        this.to = to;
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public V get(int index) {
        int before = from + Objects.checkIndex(index, size());
        Branch<?, V> at = Objects.requireNonNull(root);
        while (before != SortedTable.size(at.left)) {
            boolean isRight = before > SortedTable.size(at.left);
            before -= isRight ? SortedTable.size(at.left) + 1 : 0;
            at = Objects.requireNonNull(isRight ? at.right : at.left);
        }
        return at.value;
    }

    @Override
    public Iterator<V> iterator() {
        return new Walk(from);
    }

    @Override
    public List<V> subList(int first, int end) {
        Objects.checkFromToIndex(first, end, size());
        return new TableRange<>(root, from + first, from + end);
    }

    /** Keeps the branches whose own value, and what is right of it, is still to come. */
    private final class Walk implements Iterator<V> {
        private final Deque<Branch<?, V>> open = new ArrayDeque<>();
        private int left;

        Walk(int place) {
            left = to - place;
            int before = place;
            Branch<?, V> at = root;
            while (at != null) {
                int smaller = SortedTable.size(at.left);
                if (before > smaller) {
                    before -= smaller + 1;
                    at = at.right;
                } else {
                    open.push(at);
                    at = before < smaller ? at.left : null;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public V next() {
            if (left <= 0) {
                throw new NoSuchElementException("the end of the range was passed");
            }
            left--;
            Branch<?, V> next = open.pop();
            for (Branch<?, V> at = next.right; at != null; at = at.left) {
                open.push(at);
            }
            return next.value;
        }
    }
}
