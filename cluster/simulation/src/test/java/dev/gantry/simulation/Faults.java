package dev.gantry.simulation;

import java.util.Random;

/** Whether calls fail, by chance. */
final class Faults {
    /** No answer came: the call may or may not have done what was asked. */
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Random random;
    private int percent;

    Faults(Random random) {
        this.random = random;
    }

    void percent(int chance) {
        percent = chance;
    }

    void beforeCall() {
        failByChance();
    }

    void afterCall() {
        failByChance();
    }

    private void failByChance() {
        if (random.nextInt(100) < percent) {
            throw new Unreachable();
        }
    }
}
