package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** This machine's kubectl, by a kubeconfig that may not be there yet. */
record Kubectl(Path kubeconfig) {
    /** Fails the test where kubectl fails; returns what it says. */
    String run(String... arguments) {
        Cluster.Result result = attempt("", arguments);
        assertThat(result.code()).as(result.text()).isZero();
        return result.out();
    }

    void apply(String yaml) {
        Cluster.Result result = attempt(yaml, "apply", "-f", "-");
        assertThat(result.code()).as(result.text()).isZero();
    }

    Cluster.Result attempt(String input, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        return Cluster.run(command, input, Duration.ofMinutes(3));
    }
}
