package dev.gantry.acceptance.compose;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Writers;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.demo.Demonstration;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The cluster of {@code docker-compose.yml}, from its first start until nothing is left of it. */
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Docker.ENGINE)
@ExtendWith(Docker.Ready.class)
final class ComposeTest {
    @TempDir Path folder;

    private Compose compose;

    @BeforeEach
    void start() {
        compose = new Compose(FreePorts.next(), folder.resolve("kubeconfig"));
        compose.run("down", "-v");
    }

    @AfterEach
    void stop() {
        compose.attempt("down", "-v");
    }

    @Test
    void aClusterInContainersRunsPodsSurvivesAndLeavesNothing() throws Exception {
        compose.up();
        theSampleApplicationRunsOnBothNodesAndAnswers();
        new Neighbours(compose, folder.resolve("keys")).areReached();
        aRestartOfTheStateServiceLosesNothing();
        podsMoveWhenTheirNodeIsKilled();
        compose.run("down");
        compose.up();
        answersOnBothNodes();
        compose.run("down", "-v");
        for (String kind : List.of("container", "volume", "network")) {
            var command = new ArrayList<>(List.of(kind, "ls", "-q", "--filter=name=gantry"));
            command.addAll(kind.equals("container") ? List.of("--all") : List.of());
            assertThat(Docker.run(command)).as(kind + "s").isEmpty();
        }
    }

    private void theSampleApplicationRunsOnBothNodesAndAnswers() throws IOException {
        compose.kubectl().apply(sample());
        compose.kubectl().run("rollout", "status", "deployment/web", "--timeout=120s");
        assertThat(nodesOfPods()).contains("node-1", "node-2");
        answersOnBothNodes();
        assertThat(
                        compose.kubectl()
                                .run("exec", "deployment/web", "--", "wget", "-qO-", "http://web"))
                .startsWith("hello from web-");
        assertThat(compose.run("exec", "-T", "gantry", "kubectl", "get", "nodes"))
                .contains("node-1", "node-2");
    }

    private void answersOnBothNodes() {
        String address =
                compose.kubectl().run("get", "service/web", "-o=jsonpath={.spec.clusterIP}");
        for (String node : List.of("node-1", "node-2")) {
            String[] ask = {
                "exec", "-T", node, "curl", "-sS", "--max-time", "2", "http://" + address
            };
            eventually(() -> compose.attempt(ask).out().startsWith("hello from web-"));
        }
    }

    /** That of the demonstration; its pods may leave a node that is gone, and soon. */
    private static String sample() throws IOException {
        try (var in = Demonstration.class.getResourceAsStream("web.yaml")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
            return text.replace("DoNotSchedule", "ScheduleAnyway")
                    .replace(
                            "      containers:\n",
                            """
                                  tolerations:
                                  - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 1}
                                  containers:
                            """);
        }
    }

    private void aRestartOfTheStateServiceLosesNothing() throws Exception {
        try (var writers =
                new Writers(ClusterApi.fromKubeconfig(compose.kubeconfig()), "default")) {
            Patience.await().until(() -> writers.acknowledged() > 50);
            compose.run("restart", "state");
            int before = writers.acknowledged();
            Patience.await().until(() -> writers.acknowledged() > before + 50);
            writers.end();
            assertThat(writers.lost()).isEmpty();
        }
    }

    private void podsMoveWhenTheirNodeIsKilled() {
        Docker.run(List.of("kill", compose.container("node-2")));
        Patience.await().until(() -> nodesOfPods().stream().filter("node-1"::equals).count() == 4);
    }

    /** Of those that are ready. */
    private List<String> nodesOfPods() {
        String lines =
                compose.kubectl()
                        .run(
                                "get",
                                "pods",
                                "-l=app=web",
                                "-o=jsonpath={range .items[*]}{.spec.nodeName} "
                                        + "{.status.conditions[?(@.type==\"Ready\")].status}{\"\\n\"}{end}");
        return lines.lines()
                .filter(line -> line.endsWith(" True"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }
}
