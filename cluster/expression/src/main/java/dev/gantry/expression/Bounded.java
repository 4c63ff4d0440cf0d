package dev.gantry.expression;

/** Sums and products that end at the largest number. */
final class Bounded {
    private Bounded() {}

    static long plus(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    static long times(long one, long other) {
        return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
    }

    /** Rounded up; what is beyond all numbers stays there. */
    static long part(long size, double factor) {
        return size == Long.MAX_VALUE ? size : (long) Math.ceil(size * factor);
    }
}
