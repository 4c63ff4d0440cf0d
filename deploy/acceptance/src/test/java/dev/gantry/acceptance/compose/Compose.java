package dev.gantry.acceptance.compose;

import dev.gantry.acceptance.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code docker compose} in the clone.
 *
 * @param port of the test's own for the API
 * @param kubeconfig of this machine's kubectl, once it was taken from the cluster
 */
record Compose(int port, Path kubeconfig) {
    private static final Path CLONE = Path.of("").toAbsolutePath().resolve("../..").normalize();

    /** Runs it, and fails the test where it fails; returns what it says. */
    String run(String... arguments) {
        Cluster.Result result = attempt(arguments);
        if (result.code() != 0) {
            throw new AssertionError(
                    "docker compose %s: %s\n%s"
                            .formatted(
                                    String.join(" ", arguments),
                                    result.text(),
                                    attempt("logs", "--tail=25").text()));
        }
        return result.out();
    }

    Cluster.Result attempt(String... arguments) {
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
        return Cluster.run(command, "", Duration.ofMinutes(10));
    }

    /** Returns when everything is healthy, and this machine's kubectl knows the way. */
    void up() {
        long began = System.nanoTime();
        run("up", "--wait");
        System.out.printf("docker compose up: %.1f s%n", (System.nanoTime() - began) / 1e9);
        run("cp", "gantry:/etc/gantry/host.kubeconfig", kubeconfig.toString());
    }

    Kubectl kubectl() {
        return new Kubectl(kubeconfig);
    }

    String container(String service) {
        return "gantry-" + service + "-1";
    }
}
