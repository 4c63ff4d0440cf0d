package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.Writers;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The cluster of {@code docker-compose.yml}, from its first start until nothing is left of it. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Docker.ENGINE)
final class ComposeTest {
    private static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 4
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 0
                  topologySpreadConstraints:
                  - maxSkew: 1
                    topologyKey: kubernetes.io/hostname
                    whenUnsatisfiable: ScheduleAnyway
                    labelSelector: {matchLabels: {app: web}}
                  tolerations:
                  - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 1}
                  containers:
                  - name: web
                    image: localhost/gantry/busybox:1.37
                    command: [sh, -c, 'mkdir /tmp/w; echo "hello from $(hostname)" >/tmp/w/index.html; exec httpd -f -p 8080 -h /tmp/w']
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
            """;

    private final Compose compose = new Compose(FreePorts.next());
    private Docker docker;

    @TempDir Path folder;

    @BeforeEach
    void start() throws IOException {
        docker = Docker.open(folder);
        Images.prepare(folder);
    }

    @AfterEach
    void stop() throws IOException {
        compose.attempt("", "down", "-v");
        docker.close();
    }

    @Test
    void aClusterInContainersRunsPodsSurvivesAndLeavesNothing() throws Exception {
        compose.run("up", "--wait");
        podsRunOnBothNodesAndTheirServiceAnswers();
        aRestartOfTheStateServiceLosesNothing();
        podsMoveWhenTheirNodeIsKilled();
        compose.run("down", "-v");
        for (String kind : List.of("container", "volume", "network")) {
            List<String> all = kind.equals("container") ? List.of("--all") : List.of();
            var command =
                    new java.util.ArrayList<>(List.of(kind, "ls", "-q", "--filter=name=gantry"));
            command.addAll(all);
            assertThat(Docker.run(command)).as(kind + "s").isEmpty();
        }
    }

    private void podsRunOnBothNodesAndTheirServiceAnswers() {
        kubectl(WEB, "apply", "-f", "-");
        kubectl("", "rollout", "status", "deployment/web", "--timeout=120s");
        assertThat(nodesOfPods()).contains("node-1", "node-2");
        String address = kubectl("", "get", "service/web", "-o=jsonpath={.spec.clusterIP}");
        for (String node : List.of("node-1", "node-2")) {
            assertThat(compose.run("exec", "-T", node, "curl", "-sS", "http://" + address))
                    .startsWith("hello from web-");
        }
        assertThat(kubectl("", "exec", "deployment/web", "--", "wget", "-qO-", "http://web"))
                .startsWith("hello from web-");
    }

    private void aRestartOfTheStateServiceLosesNothing() throws Exception {
        Path kubeconfig = folder.resolve("kubeconfig");
        compose.run("cp", "gantry:/etc/gantry/host.kubeconfig", kubeconfig.toString());
        try (var writers = new Writers(ClusterApi.fromKubeconfig(kubeconfig), "default")) {
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
                kubectl(
                        "",
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

    private String kubectl(String input, String... arguments) {
        Cluster.Result result = compose.kubectl(input, arguments);
        assertThat(result.code()).as(result.text()).isZero();
        return result.out();
    }
}
