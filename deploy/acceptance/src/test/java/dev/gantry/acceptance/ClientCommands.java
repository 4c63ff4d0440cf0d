package dev.gantry.acceptance;

import dev.gantry.testkit.Patience;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Commands that are clients of one cluster's API, such as kubectl. One that did not get through to
 * the server is given again: a client gives up a handshake after ten seconds, which those may well
 * take who share two cores, and who was killed on purpose is away for a while. What the server says
 * is never asked for twice.
 */
public final class ClientCommands {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Duration patience;

    /** Once a server was waited for in vain: a test run whose cluster is gone has to end. */
    private volatile boolean isLost;

    /**
     * @param patience with a server that is not reached
     */
    ClientCommands(Duration patience) {
        this.patience = patience;
    }

    /**
     * @param isInVain whether the command may be given again after such a result
     */
    public Cluster.Result run(
            List<String> command, String input, Predicate<Cluster.Result> isInVain) {
        long began = System.nanoTime();
        Cluster.Result result = Cluster.run(command, input, Patience.COMMAND);
        while (!isLost && isInVain.test(result)) {
            System.out.println(
                    "Again, as the server was not reached: " + command + result.errors());
            Patience.await().pollDelay(PAUSE).until(() -> true);
            isLost = System.nanoTime() - began > patience.toNanos();
            result = Cluster.run(command, input, Patience.COMMAND);
        }
        return result;
    }
}
