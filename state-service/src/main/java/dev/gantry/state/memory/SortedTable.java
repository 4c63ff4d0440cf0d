package dev.gantry.state.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map as a value: {@link #with} and {@link #without} make a new one that shares almost all
 * branches with this one, so that a listing is consistent without a lock or a copy.
 *
 * <p>A weight-balanced tree after Adams (with the parameters of Hirai and Yamamoto, JFP 2011):
 * neither side of a branch weighs more than three times the other.
 *
 * <p>Cost: a change allocates one branch per level, about 17 of them among 100,000 entries.
 */
public final class SortedTable<K, V> {
    private static final int IMBALANCE = 3;
    private static final int DOUBLE_TURN = 2;

    private final Comparator<? super K> order;
    private final @Nullable Branch<K, V> root;

    private SortedTable(Comparator<? super K> order, @Nullable Branch<K, V> root) {
        this.order = order;
        this.root = root;
    }

    public static <K, V> SortedTable<K, V> empty(Comparator<? super K> order) {
        return new SortedTable<>(order, null);
    }

    public int size() {
        return size(root);
    }

    public Optional<V> get(K key) {
        Branch<K, V> at = root;
        while (at != null) {
            int side = order.compare(key, at.key);
            if (side == 0) {
                return Optional.of(at.value);
            }
            at = side < 0 ? at.left : at.right;
        }
        return Optional.empty();
    }

    public SortedTable<K, V> with(K key, V value) {
        return new SortedTable<>(order, put(root, key, value));
    }

    /** This very table where the key is not in it. */
    public SortedTable<K, V> without(K key) {
        return get(key).isPresent() ? new SortedTable<>(order, remove(root, key)) : this;
    }

    /** All values in key order: a view, as this table never changes. */
    public List<V> values() {
        return new TableRange<>(root, 0, size());
    }

    /**
     * The values from {@code first} on, in key order, for as long as {@code wanted} holds: a view.
     *
     * @param wanted holds for a run of keys that begins with {@code first}, and for none behind it
     */
    public List<V> from(K first, Predicate<? super K> wanted) {
        int begin = countWhile(key -> order.compare(key, first) < 0);
        int end = countWhile(key -> order.compare(key, first) < 0 || wanted.test(key));
        return new TableRange<>(root, begin, end);
    }

    /** How many keys there are, from the least on, before the first for which it does not hold. */
    private int countWhile(Predicate<? super K> holds) {
        int count = 0;
        Branch<K, V> at = root;
        while (at != null) {
            if (holds.test(at.key)) {
                count += size(at.left) + 1;
                at = at.right;
            } else {
                at = at.left;
            }
        }
        return count;
    }

    private Branch<K, V> put(@Nullable Branch<K, V> at, K key, V value) {
        if (at == null) {
            return new Branch<>(null, key, value, null);
        }
        int side = order.compare(key, at.key);
        if (side == 0) {
            return new Branch<>(at.left, key, value, at.right);
        }
        return side < 0
                ? balanced(put(at.left, key, value), at, at.right)
                : balanced(at.left, at, put(at.right, key, value));
    }

    private @Nullable Branch<K, V> remove(@Nullable Branch<K, V> at, K key) {
        if (at == null) {
            return null;
        }
        int side = order.compare(key, at.key);
        if (side < 0) {
            return balanced(remove(at.left, key), at, at.right);
        }
        if (side > 0) {
            return balanced(at.left, at, remove(at.right, key));
        }
        return joined(at.left, at.right);
    }

    private static <K, V> @Nullable Branch<K, V> joined(
            @Nullable Branch<K, V> left, @Nullable Branch<K, V> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        if (left.size > right.size) {
            return balanced(withoutLast(left), last(left), right);
        }
        return balanced(left, first(right), withoutFirst(right));
    }

    private static <K, V> Branch<K, V> first(Branch<K, V> at) {
        return at.left == null ? at : first(at.left);
    }

    private static <K, V> Branch<K, V> last(Branch<K, V> at) {
        return at.right == null ? at : last(at.right);
    }

    private static <K, V> @Nullable Branch<K, V> withoutFirst(Branch<K, V> at) {
        return at.left == null ? at.right : balanced(withoutFirst(at.left), at, at.right);
    }

    private static <K, V> @Nullable Branch<K, V> withoutLast(Branch<K, V> at) {
        return at.right == null ? at.left : balanced(at.left, at, withoutLast(at.right));
    }

    /** The entry of {@code middle} between two sides, of which one may have become too heavy. */
    private static <K, V> Branch<K, V> balanced(
            @Nullable Branch<K, V> left, Branch<K, V> middle, @Nullable Branch<K, V> right) {
        if (size(left) + size(right) >= 2) {
            if (right != null && size(right) > IMBALANCE * size(left)) {
                return turnedLeft(left, middle, right);
            }
            if (left != null && size(left) > IMBALANCE * size(right)) {
                return turnedRight(left, middle, right);
            }
        }
        return middle.between(left, right);
    }

    private static <K, V> Branch<K, V> turnedLeft(
            @Nullable Branch<K, V> left, Branch<K, V> middle, Branch<K, V> right) {
        Branch<K, V> inner = right.left;
        if (inner == null || inner.size < DOUBLE_TURN * size(right.right)) {
            return right.between(middle.between(left, inner), right.right);
        }
        return inner.between(
                middle.between(left, inner.left), right.between(inner.right, right.right));
    }

    private static <K, V> Branch<K, V> turnedRight(
            Branch<K, V> left, Branch<K, V> middle, @Nullable Branch<K, V> right) {
        Branch<K, V> inner = left.right;
        if (inner == null || inner.size < DOUBLE_TURN * size(left.left)) {
            return left.between(left.left, middle.between(inner, right));
        }
        return inner.between(
                left.between(left.left, inner.left), middle.between(inner.right, right));
    }

    static int size(@Nullable Branch<?, ?> at) {
        return at == null ? 0 : at.size;
    }

    /** One entry, and what is on both sides of it. */
    static final class Branch<K, V> {
        final @Nullable Branch<K, V> left;
        final K key;
        final V value;
        final @Nullable Branch<K, V> right;
        final int size;

        Branch(@Nullable Branch<K, V> left, K key, V value, @Nullable Branch<K, V> right) {
            this.left = left;
            this.key = key;
            this.value = value;
            this.right = right;
            this.size = SortedTable.size(left) + SortedTable.size(right) + 1;
        }

        Branch<K, V> between(@Nullable Branch<K, V> newLeft, @Nullable Branch<K, V> newRight) {
            return new Branch<>(newLeft, key, value, newRight);
        }
    }
}
