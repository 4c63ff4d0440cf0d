package dev.gantry.local.cli;

import java.time.Duration;

/** Tells a person what is begun, and how long after the first step that is. */
final class Steps {
    private final long began = System.nanoTime();

    void begin(String what) {
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        System.out.printf("  %5.1f s  %s%n", millis / 1000.0, what);
    }
}
