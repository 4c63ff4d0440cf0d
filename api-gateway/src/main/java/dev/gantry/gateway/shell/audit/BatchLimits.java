package dev.gantry.gateway.shell.audit;

import java.time.Duration;

/**
 * How events are taken together for a backend.
 *
 * @param waiting how many may wait; what comes then is dropped
 * @param batch how many are written at once
 * @param longest that the first of a batch waits for others
 */
record BatchLimits(int waiting, int batch, Duration longest) {
    static final BatchLimits FILE = new BatchLimits(20_000, 1_000, Duration.ZERO);
    static final BatchLimits TOPIC = new BatchLimits(10_000, 1_000, Duration.ZERO);
}
