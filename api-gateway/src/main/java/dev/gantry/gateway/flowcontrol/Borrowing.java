package dev.gantry.gateway.flowcontrol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How levels lend each other seats: what each wanted lately in, how many it has until next time
 * out.
 *
 * <p>Each gets the same multiple of what it wanted, within its bounds: a level that wants its
 * nominal seats has them back at once, what the others leave over goes to those who want more, and
 * what nobody wants is spread, too. Compat: {@code computeConcurrencyAllocation}, whose bounds and
 * result are the same; the wish is the most that was wanted at once, where upstream takes mean and
 * deviation.
 *
 * <p>Example of 20 seats for two levels of 10, each of which may lend 5: one wants 2 and the other
 * 18. The first keeps 5, which is its lower bound, and the other has 15.
 *
 * <p>Invariant: nobody gets less than {@code lower} or more than {@code upper}, and together they
 * get no more than there is, unless the lower bounds alone are more.
 */
public final class Borrowing {
    private static final double SMOOTHING = 0.977;
    private static final double LEAST_TARGET = 0.001;

    /** Halvings, until the multiple is as exact as a double can be. */
    private static final int STEPS = 80;

    private Borrowing() {}

    /**
     * What a level wants.
     *
     * @param highest seats at once since last time, of those that were served and waited
     * @param smoothed as {@link #smooth} said last time
     */
    public record Demand(SeatBounds bounds, double highest, double smoothed) {
        double lower() {
            return Math.max(bounds.lower(), Math.min(bounds.nominal(), highest));
        }

        public double target() {
            return Math.max(lower(), Math.max(smoothed, LEAST_TARGET));
        }

        private double at(double multiple) {
            return Math.clamp(multiple * target(), lower(), bounds.upper());
        }
    }

    /** Goes up at once and comes down slowly. */
    public static double smooth(double smoothed, double highest) {
        return Math.max(highest, SMOOTHING * smoothed + (1 - SMOOTHING) * highest);
    }

    /** In the order of the demands. */
    public static List<Integer> share(List<Demand> demands) {
        int seats = demands.stream().mapToInt(each -> each.bounds().nominal()).sum();
        double low = 0;
        double high = 1;
        while (sum(demands, high) < seats && high < seats / LEAST_TARGET) {
            high *= 2;
        }
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (sum(demands, middle) <= seats) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return whole(demands, low, seats);
    }

    private static double sum(List<Demand> demands, double multiple) {
        return demands.stream().mapToDouble(each -> each.at(multiple)).sum();
    }

    /** Rounds down, and gives what is left over to those who lost most by it. */
    private static List<Integer> whole(List<Demand> demands, double multiple, int seats) {
        List<Integer> shares = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        int given = 0;
        for (int i = 0; i < demands.size(); i++) {
            int share = (int) Math.floor(demands.get(i).at(multiple) + LEAST_TARGET);
            shares.add(share);
            order.add(i);
            given += share;
        }
        order.sort(Comparator.comparingDouble(i -> shares.get(i) - demands.get(i).at(multiple)));
        for (int i : order) {
            if (given < seats && shares.get(i) < demands.get(i).bounds().upper()) {
                shares.set(i, shares.get(i) + 1);
                given++;
            }
        }
        return shares;
    }
}
