package dev.gantry.bench.schedule;

/**
 * What came of placing the measured pods once.
 *
 * @param creationsPerSecond at which rate they were created
 * @param perSecond at which rate they got their nodes
 * @param p50Millis how long half of them waited for that, from when they could be placed
 */
record Placed(
        int missing,
        double creationsPerSecond,
        double perSecond,
        double p50Millis,
        double p99Millis) {}
