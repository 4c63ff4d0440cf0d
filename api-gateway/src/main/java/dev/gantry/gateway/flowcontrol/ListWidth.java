package dev.gantry.gateway.flowcontrol;

/**
 * How many seats a list takes: as many as its like have made bytes.
 *
 * <p>Compat: {@code seatsBasedOnObjectSize} of {@code list_work_estimator.go}, whose bytes come
 * from how many objects are stored and how large they are. Here they are those of the last such
 * list, which is what a selector or a page really costs.
 */
public final class ListWidth {
    private static final long BYTES_PER_SEAT = 100_000;

    private ListWidth() {}

    /**
     * @param widest what one request of the level may take
     */
    public static int of(long bytes, int widest) {
        return Math.clamp((bytes + BYTES_PER_SEAT - 1) / BYTES_PER_SEAT, 1, widest);
    }
}
