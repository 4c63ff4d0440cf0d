package dev.gantry.local.process;

/**
 * What {@code status} tells of one process.
 *
 * @param pid zero while it does not run
 * @param state stopped, starting, ready or waiting (for its next start)
 * @param lastExit why it ended last, or empty
 */
public record ProcessState(
        String name, long pid, String state, int restarts, String lastExit, String log) {}
