package dev.gantry.acceptance;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.pki.ClusterKeys;
import dev.gantry.local.pki.SecretFile;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import dev.gantry.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same services as processes of their own, with a PostgreSQL and a Kafka that somebody else
 * runs: by configuration alone. Those that decide are there twice, and the leader of each is
 * killed.
 */
@Order(6)
@Execution(ExecutionMode.CONCURRENT)
final class SeparateProcessesTest {
    private static final int SLOT = 44;
    private static final int STATE_PORT = FreePorts.next();

    private static final Path DISTRIBUTION =
            Path.of("").toAbsolutePath().resolve("../local/target/gantry").normalize();

    private final List<Process> processes = new ArrayList<>();
    private Instance instance;

    @TempDir Path folder;

    @BeforeEach
    void prepare() throws Exception {
        instance = new Instance(folder, DISTRIBUTION, SLOT, 0);
        ClusterKeys.prepare(instance);
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : processes.reversed()) {
            process.destroy();
        }
        for (Process process : processes) {
            if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void separateProcessesMakeOneControlPlaneAndTheStandbysTakeOver() throws Exception {
        try (TestPostgres postgres = TestPostgres.freshDatabase()) {
            Map<String, String> database =
                    Map.of(
                            "spring.datasource.url", postgres.url(),
                            "spring.datasource.username", postgres.username(),
                            "spring.datasource.password", postgres.password());
            startState(database);
            start(
                    "gateway",
                    "dev.gantry.gateway.shell.GatewayMain",
                    Map.of(
                            "gantry.gateway.port",
                            Integer.toString(instance.gatewayPort()),
                            "gantry.gateway.addresses",
                            "127.0.0.1",
                            "gantry.gateway.state-url",
                            "https://127.0.0.1:" + STATE_PORT));
            Process first = startScheduler("scheduler");
            Process second = startScheduler("scheduler-2");
            Process controllers = startControllers("controller");
            var monitoring = new TreeMap<>(database);
            monitoring.putAll(api("system:gantry:monitoring"));
            Process leader = startMonitoring("monitoring", monitoring);

            ClusterApi api = ClusterApi.fromKubeconfig(instance.kubeconfig());
            await().until(
                            answers(
                                    () ->
                                            api.get(
                                                            key(
                                                                    Kinds.SERVICE_ACCOUNT,
                                                                    "default",
                                                                    "default"))
                                                    .isPresent()));
            createNode(api, "simulated");
            api.create(Resources.DEPLOYMENTS, read(DEPLOYMENT));
            await().until(
                            answers(
                                    () ->
                                            api.list(Resources.PODS, "default", "").stream()
                                                            .filter(
                                                                    pod ->
                                                                            Resource.text(
                                                                                            pod
                                                                                                    .spec(),
                                                                                            "nodeName")
                                                                                    .equals(
                                                                                            "simulated"))
                                                            .count()
                                                    == 2));
            assertThat(processes).allMatch(Process::isAlive);

            createNode(api, "simulated-2");
            var schedulers =
                    replicas(
                            api,
                            "kube-scheduler",
                            Map.of("scheduler", first, "scheduler-2", second));
            new SchedulerTakeover(api, schedulers).theStandbyGoesOnWhenTheLeaderIsKilled();
            theStandbyOfTheControllersGoesOn(api, controllers);
            theStandbyOfMonitoringGoesOn(api, leader, monitoring);
        }
    }

    private void theStandbyOfTheControllersGoesOn(ClusterApi api, Process first) throws Exception {
        Process second = startControllers("controller-2");
        var replicas =
                replicas(
                        api,
                        "kube-controller-manager",
                        Map.of("controller", first, "controller-2", second));
        String former = replicas.killLeader();
        api.create(Resources.DEPLOYMENTS, read(DEPLOYMENT.replace("\"web\"", "\"after\"")));

        await().until(
                        () ->
                                api.list(Resources.PODS, "default", "labelSelector=app%3Dafter")
                                                .size()
                                        == 2);
        replicas.assertTakenOverFrom(former);
    }

    /** Monitoring takes away the taint of a new node once it is ready. */
    private void theStandbyOfMonitoringGoesOn(
            ClusterApi api, Process first, Map<String, String> properties) throws Exception {
        Process second = startMonitoring("monitoring-2", properties);
        var replicas =
                replicas(
                        api,
                        "gantry-monitoring",
                        Map.of("monitoring", first, "monitoring-2", second));
        String former = replicas.killLeader();
        createNode(api, "simulated-3");

        var key = new ObjectKey(Resources.NODES, "", "simulated-3");
        await().until(() -> api.get(key).orElseThrow().spec().path("taints").isEmpty());
        replicas.assertTakenOverFrom(former);
    }

    /**
     * @param processes by the names of their logs
     */
    private static Replicas replicas(ClusterApi api, String lease, Map<String, Process> processes) {
        Map<String, Process> named = new TreeMap<>();
        processes.forEach((name, process) -> named.put(Replicas.identityIn(log(name)), process));
        return new Replicas(api, lease, named);
    }

    private Process startControllers(String name) throws IOException {
        return start(
                name,
                "dev.gantry.controller.shell.ControllerMain",
                api("system:kube-controller-manager"));
    }

    private Process startMonitoring(String name, Map<String, String> properties)
            throws IOException {
        return start(name, "dev.gantry.monitoring.shell.MonitoringMain", properties);
    }

    private Process startScheduler(String name) throws IOException {
        return start(
                name, "dev.gantry.scheduler.shell.SchedulerMain", api("system:kube-scheduler"));
    }

    private static void createNode(ClusterApi api, String name) {
        Resource node = read(NODE.formatted(name));
        api.create(Resources.NODES, node);
        // Without a resourceVersion: monitoring writes the new node's taints at the same time.
        api.putStatus(Resources.NODES, node);
    }

    private void startState(Map<String, String> database) throws IOException {
        SecretFile.readOrMake(folder.resolve("data-key"));
        var properties = new TreeMap<>(database);
        properties.put("gantry.state.data-key-file", folder.resolve("data-key").toString());
        properties.put("gantry.state.api-addresses", "127.0.0.1");
        properties.put("gantry.state.http.enabled", "true");
        properties.put("gantry.state.http.port", Integer.toString(STATE_PORT));
        start("state", "dev.gantry.state.shell.StateMain", properties);
    }

    private Process start(String name, String main, Map<String, String> properties)
            throws IOException {
        var text = new StringBuilder("gantry.pki.dir=" + instance.pki() + "\n");
        TestKafka.shared()
                .connection()
                .forEach(
                        (key, value) ->
                                text.append(
                                        "gantry.kafka.properties[%s]=%s%n".formatted(key, value)));
        properties.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        Path file = folder.resolve(name + ".properties");
        PrivateFile.write(file, text.toString());
        Process started =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dlogback.configurationFile=gantry-logback.xml",
                                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                                "-cp",
                                DISTRIBUTION.resolve("lib") + "/*",
                                main,
                                "--spring.config.additional-location=file:" + file)
                        .redirectErrorStream(true)
                        .redirectOutput(log(name).toFile())
                        .start();
        processes.add(started);
        return started;
    }

    private static Path log(String name) {
        return Path.of("target", "separate-" + name + ".log");
    }

    private Map<String, String> api(String identity) {
        return Map.of("gantry.api.kubeconfig", instance.kubeconfigOf(identity).toString());
    }

    private static Callable<Boolean> answers(Callable<Boolean> question) {
        return () -> {
            try {
                return question.call();
            } catch (ApiRefused | ApiUnreachable notYet) {
                return false;
            }
        };
    }

    private static ObjectKey key(Kind kind, String namespace, String name) {
        return new ObjectKey(kind.resource(), namespace, name);
    }

    private static Resource read(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }

    private static final String NODE =
            """
            {"apiVersion": "v1", "kind": "Node",
             "metadata": {"name": "%s", "annotations": {"gantry.dev/simulated": "true"}},
             "status": {"allocatable": {"cpu": "4", "memory": "8Gi", "pods": "110"},
              "capacity": {"cpu": "4", "memory": "8Gi", "pods": "110"},
              "conditions": [{"type": "Ready", "status": "True", "reason": "Simulated"}]}}
            """;

    private static final String DEPLOYMENT =
            """
            {"apiVersion": "apps/v1", "kind": "Deployment",
             "metadata": {"name": "web", "namespace": "default"},
             "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}},
              "template": {"metadata": {"labels": {"app": "web"}},
               "spec": {"tolerations": [{"operator": "Exists"}],
                "containers": [{"name": "web", "image": "localhost/gantry/busybox:1.37"}]}}}}
            """;
}
