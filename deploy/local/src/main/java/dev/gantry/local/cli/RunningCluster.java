package dev.gantry.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cluster of which something runs on this machine.
 *
 * @param supervisor its process id; zero where it was killed, and what it had started goes on
 */
record RunningCluster(Path home, int slot, long supervisor) {
    boolean isOf(Path folder) throws IOException {
        return home.equals(folder)
                || Files.exists(home) && Files.exists(folder) && Files.isSameFile(home, folder);
    }

    /** For a person who did not know that it is there. */
    String words() {
        String process =
                supervisor == 0 ? "whose supervisor was killed" : "supervised by pid " + supervisor;
        return "the cluster in %s (%s)".formatted(home, process);
    }

    /** The command that ends it, whether or not its folder still tells its slot. */
    String endingCommand() {
        return "GANTRY_HOME=%s ./gantry down --slot %d".formatted(home, slot);
    }
}
