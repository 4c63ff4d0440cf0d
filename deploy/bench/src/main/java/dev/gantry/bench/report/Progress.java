package dev.gantry.bench.report;

import java.util.Locale;

/** Tells people what goes on, on standard error: standard output is for the figures. */
public final class Progress {
    private final long began = System.nanoTime();

    public void say(String format, Object... arguments) {
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.printf(Locale.ROOT, "%7.1f s  %s%n", seconds, format.formatted(arguments));
    }
}
