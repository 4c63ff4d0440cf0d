package dev.gantry.local.process;

import dev.gantry.client.shell.start.Startup;

/**
 * What {@code status} tells of one process.
 *
 * @param pid zero while it does not run
 * @param state stopped, starting, ready, not ready (any more) or waiting (for its next start)
 * @param lastExit why it ended last, or empty
 */
public record ProcessState(
        String name, long pid, String state, int restarts, String lastExit, String log) {
    private static final String ON_SETTINGS = "exit code " + Startup.BAD_SETTINGS + " ";

    /** Whether it waits for a start that would end as the last one did. */
    public boolean cannotStart() {
        return state.equals("waiting") && lastExit.startsWith(ON_SETTINGS);
    }

    /** Whether it was last ended by force, as the kernel does where it finds no more memory. */
    public boolean wasKilled() {
        return lastExit.startsWith("killed by signal 9 ");
    }
}
