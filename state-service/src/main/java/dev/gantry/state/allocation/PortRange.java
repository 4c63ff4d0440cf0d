package dev.gantry.state.allocation;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** The ports that a Service may open on all nodes; both ends included. */
public record PortRange(int first, int last) {
    /** Throws IllegalArgumentException where the text is not two numbers with a dash. */
    public static PortRange parse(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException("no port range: " + text);
        }
        PortRange range = new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        if (range.first < 1 || range.last > 65535 || range.first > range.last) {
            throw new IllegalArgumentException("no port range: " + text);
        }
        return range;
    }

    public boolean contains(long port) {
        return port >= first && port <= last;
    }

    OptionalInt free(IntPredicate isTaken, long seed) {
        int width = last - first + 1;
        for (int step = 0; step < width; step++) {
            int candidate = first + (int) Math.floorMod(seed + step, (long) width);
            if (!isTaken.test(candidate)) {
                return OptionalInt.of(candidate);
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
