package dev.gantry.expression;

/**
 * What the expressions that are asked for one request may cost together. Used by one thread.
 *
 * <p>Compat: {@code PerCallLimit} and {@code RuntimeCELCostBudget} of apiserver.
 */
public final class CelBudget {
    /** What one expression may cost. */
    public static final long ONE = 1_000_000;

    /** What all of them may cost. */
    public static final long ALL = 10_000_000;

    static final String TOO_HIGH = "operation cancelled: actual cost limit exceeded";

    private long left;

    public CelBudget(long left) {
        this.left = left;
    }

    /** For one expression alone. */
    public static CelBudget ofOne() {
        return new CelBudget(ONE);
    }

    public boolean isSpent() {
        return left <= 0;
    }

    Cost begin() {
        return new Cost(Math.min(ONE, left));
    }

    void end(Cost cost) {
        left -= cost.spent();
    }
}
