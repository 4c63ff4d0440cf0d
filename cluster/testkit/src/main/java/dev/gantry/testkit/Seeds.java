package dev.gantry.testkit;

import java.util.stream.LongStream;

/** The seeds of a random test, for {@code @MethodSource}. */
public final class Seeds {
    private Seeds() {}

    /**
     * The one in {@code -Dseed}, to replay a failure; else so many from zero, or as many as {@code
     * -Dseeds} says, and those that failed once.
     */
    public static LongStream first(int count, long... onceFailed) {
        String only = System.getProperty("seed");
        if (only != null) {
            return LongStream.of(Long.parseLong(only));
        }
        LongStream usual = LongStream.range(0, Integer.getInteger("seeds", count));
        return LongStream.concat(usual, LongStream.of(onceFailed)).distinct();
    }
}
