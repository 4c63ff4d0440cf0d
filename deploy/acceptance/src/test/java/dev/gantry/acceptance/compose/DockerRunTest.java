package dev.gantry.acceptance.compose;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static dev.gantry.acceptance.TestNamespace.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The services by {@code docker run}, with a PostgreSQL and a Kafka that somebody else runs: what
 * {@code deploy/README.md} says, word for word.
 */
@Order(5)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Docker.ENGINE)
@ExtendWith(Docker.Ready.class)
final class DockerRunTest {
    private static final String NETWORK = "gantry";

    /** Of the image's user. */
    private static final int SERVICE_USER = 10_001;

    /** Whom Kafka knows each container as. */
    private static final SortedMap<String, String> USERS =
            new TreeMap<>(
                    Map.of(
                            "state", "gantry-state",
                            "gateway", "system:gantry:gateway",
                            "scheduler", "system:kube-scheduler",
                            "controller", "system:kube-controller-manager",
                            "monitoring", "system:gantry:monitoring",
                            "node-1", "system:node:node-1",
                            "node-2", "system:node:node-2"));

    @TempDir Path folder;

    private final int port = FreePorts.next();
    private ExternalServers servers;
    private Kubectl kubectl;

    @BeforeEach
    void prepare() {
        removeAll();
        servers = new ExternalServers(NETWORK, folder.resolve("elsewhere"));
        kubectl = new Kubectl(folder.resolve("cluster/admin/host.kubeconfig"));
    }

    @AfterEach
    void removeAll() {
        List<String> remove = new ArrayList<>(List.of("rm", "-f", "-v"));
        remove.addAll(USERS.keySet());
        remove.addAll(ExternalServers.containers());
        Docker.attempt(remove);
        Docker.attempt(List.of("network", "rm", NETWORK));
    }

    @Test
    void theCommandsOfTheGuideMakeAClusterBesideServersOfSomebodyElse() throws Exception {
        Guide guide = Guide.section("docker run, beside a PostgreSQL and a Kafka of your own");
        List<String> commands = guide.blocks("sh");
        run(commands.getFirst());
        servers.start(passwords());
        servers.sql("postgres", guide.blocks("sql").getFirst());
        writeSettings(guide);
        run(commands.getLast());

        eventually(() -> kubectl.attempt("", "get", "node/node-1", "node/node-2").code() == 0);
        kubectl.run("wait", "--for=condition=Ready", "nodes", "--all", timeout());
        kubectl.run("run", "once", "--image=" + Cluster.IMAGE, "--restart=Never", "--", "true");
        kubectl.run("wait", "pod/once", "--for=jsonpath={.status.phase}=Succeeded", timeout());
        assertThat(servers.sql("gantry", "SELECT phase FROM pods WHERE name = 'once'"))
                .isEqualTo("Succeeded\n");
        // Monitoring hears nodes and has its schema.
        eventually(() -> kubectl.attempt("", "top", "nodes").out().contains("node-2"));
        servers.sql("gantry", "SELECT count(*) FROM gantry_monitoring.health_changes");
    }

    private void writeSettings(Guide guide) throws IOException {
        Path external = Files.createDirectories(folder.resolve("external"));
        Files.writeString(
                external.resolve("settings.properties"), guide.blocks("properties").getFirst());
        for (String authority : List.of("postgres-ca.crt", "kafka-ca.crt")) {
            Files.writeString(external.resolve(authority), servers.authority());
        }
        for (String container : USERS.keySet()) {
            secret(container, "kafka-user", USERS.get(container));
            secret(container, "kafka-password", password(container));
        }
        for (String container : List.of("state", "monitoring")) {
            secret(container, "postgres-password", "the password of " + container);
        }
    }

    private void secret(String container, String name, String text) throws IOException {
        Path file =
                Files.createDirectories(folder.resolve("secrets").resolve(container)).resolve(name);
        Files.writeString(file, text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        if (!container.startsWith("node-")) {
            Files.setAttribute(file, "unix:uid", SERVICE_USER);
        }
    }

    private static SortedMap<String, String> passwords() {
        SortedMap<String, String> all = new TreeMap<>();
        USERS.forEach((container, user) -> all.put(user, password(container)));
        return all;
    }

    private static String password(String container) {
        return "of " + container;
    }

    private void run(String commands) {
        Cluster.Result result =
                Cluster.run(
                        List.of(
                                "env",
                                "GANTRY_PORT=" + port,
                                "bash",
                                "-euc",
                                "cd \"$0\"\n" + commands,
                                folder.toString()),
                        "",
                        Duration.ofMinutes(5));
        assertThat(result.code()).as(result.text()).isZero();
    }
}
