package dev.gantry.acceptance.compose;

import dev.gantry.acceptance.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code docker compose} in the clone, with a port of the test's own for the API. */
record Compose(int port) {
    private static final Path CLONE = Path.of("").toAbsolutePath().resolve("../..").normalize();

    /** Runs it, and fails the test where it fails; returns what it says. */
    String run(String... arguments) {
        Cluster.Result result = attempt("", arguments);
        if (result.code() != 0) {
            throw new AssertionError(
                    "docker compose %s: %s\n%s"
                            .formatted(
                                    String.join(" ", arguments),
                                    result.text(),
                                    attempt("", "logs", "--tail=25").text()));
        }
        return result.out();
    }

    Cluster.Result attempt(String input, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "GANTRY_PORT=" + port,
                                "docker",
                                "compose",
                                "--project-directory",
                                CLONE.toString()));
        command.addAll(List.of(arguments));
        return Cluster.run(command, input, Duration.ofMinutes(10));
    }

    /** kubectl in the container that is there for people. */
    Cluster.Result kubectl(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("exec", "-T", "gantry", "kubectl"));
        command.addAll(List.of(arguments));
        return attempt(input, command.toArray(String[]::new));
    }

    String container(String service) {
        return "gantry-" + service + "-1";
    }
}
