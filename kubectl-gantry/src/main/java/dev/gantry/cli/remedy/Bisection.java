package dev.gantry.cli.remedy;

import java.util.function.LongPredicate;

/**
 * Finds where "enough" ends, on the understanding that it ends once.
 *
 * <p>Example: what fits up to 6 takes four questions between 0 and 16: 8 no, 4 yes, 6 yes, 7 no.
 */
public final class Bisection {
    private Bisection() {}

    /**
     * The largest number that will do.
     *
     * @param enough will do, or is what to return where nothing does
     * @param tooMuch will not do
     */
    public static long most(long enough, long tooMuch, LongPredicate willDo) {
        long low = enough;
        long high = tooMuch;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (willDo.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The smallest number that will do.
     *
     * @param tooLittle will not do
     * @param enough will do, or is what to return where nothing does
     */
    public static long least(long tooLittle, long enough, LongPredicate willDo) {
        return -most(-enough, -tooLittle, each -> willDo.test(-each));
    }
}
