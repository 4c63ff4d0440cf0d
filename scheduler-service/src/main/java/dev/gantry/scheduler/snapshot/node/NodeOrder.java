package dev.gantry.scheduler.snapshot.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The nodes that exist, in the order in which people count them: so that a set of them can be kept
 * as bits and told in few words.
 *
 * <p>Example: of {@code gpu-1} and {@code node-1} to {@code node-12}, all but node-5 and node-8
 * read {@code gpu-1, node-[1-4,6,7,9-12]}.
 *
 * <p>Cost: told by runs of bits, and no further than there is room: a text costs the same whether
 * ten nodes are in it or thousands.
 */
public final class NodeOrder {
    private static final int NOWHERE = -1;

    private final List<Named> nodes;
    private final NodeName[] names;
    private final int[] placeOfRow;

    /** The places whose name does not go on from the one before. */
    private final BitSet starts = new BitSet();

    public static final NodeOrder NONE = new NodeOrder(List.of(), 0);

    private NodeOrder(List<Named> nodes, int rows) {
        this.nodes = nodes;
        names = nodes.stream().map(Named::name).toArray(NodeName[]::new);
        placeOfRow = new int[rows];
        Arrays.fill(placeOfRow, NOWHERE);
        for (int place = 0; place < names.length; place++) {
            placeOfRow[nodes.get(place).row()] = place;
            if (place == 0 || !names[place].follows(names[place - 1])) {
                starts.set(place);
            }
        }
    }

    /**
     * The order of what the rows hold now. Cost: what is sorted already is not sorted again, so
     * that a node which comes to 15,000 others costs a look at each.
     */
    public NodeOrder next(List<NodeView> rows) {
        List<Named> all = new ArrayList<>(rows.size());
        var known = new BitSet(rows.size());
        for (Named each : nodes) {
            NodeView now = rows.get(each.row());
            if (now.exists() && now.name().equals(each.text())) {
                known.set(each.row());
                all.add(each);
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            if (!known.get(row) && rows.get(row).exists()) {
                all.add(Named.of(rows.get(row).name(), row));
            }
        }
        all.sort(Comparator.comparing(Named::name));
        return new NodeOrder(all, rows.size());
    }

    /** Any names, told like those of nodes. */
    public static String fold(Collection<String> names, int limit) {
        List<String> all = List.copyOf(names);
        List<Named> nodes =
                IntStream.range(0, all.size())
                        .mapToObj(i -> Named.of(all.get(i), i))
                        .sorted(Comparator.comparing(Named::name))
                        .toList();
        var order = new NodeOrder(nodes, all.size());
        return order.tell(order.all(), limit);
    }

    /** The place of each node. */
    public BitSet all() {
        var all = new BitSet(names.length);
        all.set(0, names.length);
        return all;
    }

    /** Adds the row's node to the places, or takes it out; nothing where there is none. */
    public void put(BitSet places, int row, boolean isIn) {
        int place = row < placeOfRow.length ? placeOfRow[row] : NOWHERE;
        if (place != NOWHERE) {
            places.set(place, isIn);
        }
    }

    /**
     * The names at those places, as many as fit in so many characters, and how many more there are.
     */
    public String tell(BitSet places, int limit) {
        var folded = new FoldedNames(limit);
        int first = places.nextSetBit(0);
        while (first >= 0) {
            int end = endOfRun(places, first);
            if (!folded.add(names[first], names[end - 1], end - first)) {
                break;
            }
            first = places.nextSetBit(end);
        }
        return folded.finish(places.cardinality());
    }

    private int endOfRun(BitSet places, int first) {
        int gap = places.nextClearBit(first);
        int start = starts.nextSetBit(first + 1);
        return start < 0 ? gap : Math.min(gap, start);
    }

    private record Named(String text, NodeName name, int row) {
        static Named of(String text, int row) {
            return new Named(text, NodeName.of(text), row);
        }
    }
}
