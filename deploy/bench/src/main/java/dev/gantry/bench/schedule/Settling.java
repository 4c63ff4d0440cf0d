package dev.gantry.bench.schedule;

/**
 * Whether what is measured again and again still gets faster: it has settled when so many rounds in
 * a row were hardly faster than the fastest before them.
 */
final class Settling {
    private static final double HARDLY = 1.05;
    private static final int ROUNDS = 2;

    private double fastest;
    private int roundsWithoutGain;

    void add(double perSecond) {
        if (perSecond > HARDLY * fastest) {
            roundsWithoutGain = 0;
        } else {
            roundsWithoutGain++;
        }
        fastest = Math.max(fastest, perSecond);
    }

    boolean isOver() {
        return roundsWithoutGain >= ROUNDS;
    }
}
