package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** A kubectl that goes on, such as one that watches, and what it has said so far. */
final class RunningKubectl implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final List<String> command;
    private final Path output;
    private Process process;
    private int attempt = 1;

    private RunningKubectl(List<String> command, Path output) throws IOException {
        this.command = command;
        this.output = output;
        this.process = begin();
    }

    /**
     * @param folder for its output
     */
    static RunningKubectl start(Cluster cluster, Path folder, String... arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of("kubectl", "--kubeconfig", cluster.kubeconfig().toString()));
        command.addAll(List.of(arguments));
        return new RunningKubectl(command, Files.createTempFile(folder, "kubectl", ".out"));
    }

    /**
     * Waits for something in its output. One that ended before is started again: it gives up where
     * a handshake takes long.
     */
    MatchResult awaitOutput(Pattern wanted) throws IOException {
        while (true) {
            try {
                Patience.await().until(() -> hasSaid(wanted) || !process.isAlive());
            } catch (ConditionTimeoutException silent) {
                throw new AssertionError(command + " said: " + said(), silent);
            }
            var found = wanted.matcher(said());
            if (found.find()) {
                return found.toMatchResult();
            }
            assertThat(attempt++).as("%s ended with: %s", command, said()).isLessThan(ATTEMPTS);
            process = begin();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private boolean hasSaid(Pattern wanted) throws IOException {
        return wanted.matcher(said()).find();
    }

    private String said() throws IOException {
        return Files.readString(output);
    }

    private Process begin() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
