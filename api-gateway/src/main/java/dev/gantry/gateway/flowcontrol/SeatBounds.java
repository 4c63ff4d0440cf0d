package dev.gantry.gateway.flowcontrol;

/**
 * Between what its current limit of seats moves, for one level.
 *
 * @param nominal what it has by its shares
 * @param lower what it never lends
 * @param upper what it never exceeds by borrowing
 */
public record SeatBounds(int nominal, int lower, int upper) {
    private static final int PERCENT = 100;
    private static final double WIDEST_PART = 0.15;
    private static final int WIDEST = 10;

    /** Compat: {@code finishQueueSetReconfigsLocked} rounds so. */
    static SeatBounds of(PriorityLevel level, int seats, int sharesOfAll) {
        int nominal =
                sharesOfAll == 0
                        ? 0
                        : (int) Math.ceil((double) seats * level.shares() / sharesOfAll);
        int lent = part(nominal, level.lendablePercent());
        int borrowed =
                level.borrowablePercent() == PriorityLevel.UNBOUNDED
                        ? seats
                        : part(nominal, level.borrowablePercent());
        return new SeatBounds(nominal, nominal - lent, nominal + borrowed);
    }

    /**
     * How many seats one request may want.
     *
     * <p>Compat: a few percent of the level, and so few that one flow's hand of queues does not
     * fill it with them.
     */
    public int widest(Queuing queuing) {
        int few = (int) Math.ceil(nominal * WIDEST_PART);
        int ofHand = queuing.isReject() ? few : nominal / queuing.handSize();
        return Math.clamp(Math.min(few, ofHand), 1, WIDEST);
    }

    private static int part(int nominal, int percent) {
        return (int)
                Math.min(Integer.MAX_VALUE / 2, Math.round((double) nominal * percent / PERCENT));
    }
}
