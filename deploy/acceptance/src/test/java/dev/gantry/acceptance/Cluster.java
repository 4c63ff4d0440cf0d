package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.ProcessState;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cluster under test. Started by the first test that asks for it, taken down and purged when
 * the last test is over. Everything goes through the launcher's own commands.
 */
public final class Cluster implements AutoCloseable {
    /** The lock of the cluster that {@link Beside} hands out. */
    public static final String BESIDE = "cluster beside";

    public static final String IMAGE = "localhost/gantry/busybox:1.37";
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path DISTRIBUTION = MODULE.resolve("../local/target/gantry").normalize();

    /** How kubectl begins to tell what the server said. */
    private static final String ANSWER = "Error from server";

    /** Nobody has to wait for a quarter of a minute until a HorizontalPodAutoscaler looks. */
    private static final String OFTEN = "GANTRY_CONTROLLER_AUTOSCALER_SYNC_PERIOD_SECONDS=3";

    private static final String LOST = "Unable to connect to the server: ";
    private static final Pattern UNHEARD =
            Pattern.compile(
                    "net/http: TLS handshake timeout|The connection to the server \\S+ was refused"
                            + "|Unable to connect to the server: dial tcp");

    /** Commands that may be given again whatever became of the first one. */
    private static final Set<String> READS =
            Set.of("get", "describe", "wait", "status", "logs", "top", "explain", "diff", "auth");

    private final Path home;
    private final int slot;
    private final List<String> settings;

    private final ClientCommands clients = new ClientCommands(Patience.LIMIT);
    private @Nullable ClusterApi api;

    /** Hands the one cluster to every test that has a parameter of this type. */
    public static final class Shared extends Handed {
        public Shared() {
            super("cluster", 42);
        }
    }

    /**
     * Hands out another cluster, to tests that are marked as concurrent. Who asks for it holds
     * {@link #BESIDE}, since those are for one test at a time.
     */
    public static final class Beside extends Handed {
        public Beside() {
            super("beside", 46);
        }
    }

    /** Started for the first test that has such a parameter, closed after the last of all tests. */
    private abstract static class Handed implements ParameterResolver {
        private final String folder;
        private final int slot;

        Handed(String folder, int slot) {
            this.folder = folder;
            this.slot = slot;
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Cluster.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(
                            folder, _ -> new Cluster(folder, slot, 2, OFTEN), Cluster.class);
        }
    }

    /**
     * A cluster of a test's own.
     *
     * @param slot that no other test uses
     * @param settings environment variables, such as {@code NAME=value}
     */
    Cluster(String folder, int slot, int nodes, String... settings) {
        this(folder, slot, List.of(settings));
        System.out.println(up("--nodes", Integer.toString(nodes)));
    }

    private Cluster(String folder, int slot, List<String> settings) {
        this.home = MODULE.resolve("target").resolve(folder);
        this.slot = slot;
        this.settings = settings;
        launcher("down", "--purge");
    }

    /** One that the test starts itself, to see how that goes. */
    static Cluster notStarted(String folder, int slot, String... settings) {
        return new Cluster(folder, slot, List.of(settings));
    }

    @Override
    public void close() {
        Result down = launcher("down");
        System.out.println(down.text());
    }

    /** What a command printed and how it ended. */
    public record Result(int code, String out, String errors) {
        public String text() {
            return out + errors;
        }

        /**
         * Whether a client of the API, kubectl or Helm, ended because it never got through to the
         * server: no request was sent.
         */
        boolean isUnheard() {
            return code != 0 && !errors.contains(ANSWER) && UNHEARD.matcher(errors).find();
        }

        /** As unheard, or the connection was lost while it waited for the answer. */
        boolean isUnanswered() {
            return isUnheard() || code != 0 && !errors.contains(ANSWER) && errors.contains(LOST);
        }
    }

    public Path kubeconfig() {
        return home.resolve("kubeconfig");
    }

    public Path home() {
        return home;
    }

    /** The cluster as the launcher sees it, were it of so many nodes. */
    Instance instance(int nodes) {
        return new Instance(home, DISTRIBUTION, slot, nodes);
    }

    /**
     * Starts it, or waits for what has started; returns what the launcher says. The launcher gives
     * up sooner than a test on a busy machine may, but lets the cluster go on starting.
     */
    String up(String... arguments) {
        List<String> command = new ArrayList<>(List.of("up"));
        command.addAll(List.of(arguments));
        Result up =
                Patience.await()
                        .alias("the launcher says that the cluster is up")
                        .atMost(Patience.COMMAND)
                        .until(
                                () -> launcher(command.toArray(String[]::new)),
                                each -> each.code() == 0 || !isTooEarly(each));
        assertThat(up.code()).as(up.text()).isZero();
        return up.text();
    }

    private static boolean isTooEarly(Result up) {
        return up.errors().contains("not ready within") || up.errors().contains("Then ./gantry up");
    }

    /** Runs one of the launcher's commands on this cluster. */
    public Result launcher(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(settings);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        DISTRIBUTION.resolve("lib") + "/*",
                        "dev.gantry.local.cli.LocalMain"));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "--home",
                        home.toString(),
                        "--slot",
                        Integer.toString(slot),
                        "--distribution",
                        DISTRIBUTION.toString()));
        return run(command);
    }

    /** Runs kubectl as the administrator; the caller judges the exit code. */
    public Result tryKubectl(String... arguments) {
        return kubectlWithInput("", arguments);
    }

    /** Runs kubectl and fails the test where it fails; returns its standard output. */
    public String kubectl(String... arguments) {
        Result result = tryKubectl(arguments);
        assertThat(result.code())
                .as("kubectl %s: %s", String.join(" ", arguments), result.text())
                .isZero();
        return result.out();
    }

    public Result kubectlWithInput(String input, String... arguments) {
        return kubectlIn(Map.of(), input, arguments);
    }

    /** Runs kubectl with more environment variables than ours. */
    Result kubectlIn(Map<String, String> environment, String input, String... arguments) {
        List<String> command = new ArrayList<>();
        if (!environment.isEmpty()) {
            command.add("env");
            environment.forEach((name, value) -> command.add(name + "=" + value));
        }
        command.addAll(List.of("kubectl", "--kubeconfig", kubeconfig().toString()));
        command.addAll(List.of(arguments));
        boolean isRead = Stream.of(arguments).anyMatch(READS::contains);
        return clients.run(command, input, isRead ? Result::isUnanswered : Result::isUnheard);
    }

    /** For clients of its API. */
    public ClientCommands clients() {
        return clients;
    }

    /** As with input; kubectl would take YAML in braces for JSON, were there nothing before it. */
    public Result kubectlWithYaml(String yaml, String... arguments) {
        return kubectlWithInput("---\n" + yaml, arguments);
    }

    /** {@code kubectl apply -f -} in a namespace. */
    public String apply(String namespace, String yaml) {
        Result result = kubectlWithYaml(yaml, "apply", "-n", namespace, "-f", "-");
        assertThat(result.code()).as(result.text() + "\n" + yaml).isZero();
        return result.out();
    }

    public JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-o", "json"));
        return JsonMapper.shared().readTree(kubectl(all.toArray(String[]::new)));
    }

    /**
     * The API from within this process, for what a test needs beside what it tests. Cost: a kubectl
     * takes a good part of a second where the cores are busy.
     */
    public synchronized ClusterApi api() {
        ClusterApi known = api;
        if (known == null) {
            try {
                known = ClusterApi.fromKubeconfig(kubeconfig());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            api = known;
        }
        return known;
    }

    /** The pid of a process; zero where it does not run. */
    public long pid(String process) {
        return processes().stream()
                .filter(each -> each.name().equals(process))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process " + process))
                .pid();
    }

    /** Whether {@code status} calls all processes ready. */
    boolean isWell() {
        // It is a JVM that takes its time from the one that it is asked about.
        return processes().stream().allMatch(each -> each.state().equals("ready"))
                && launcher("status").code() == 0;
    }

    /** As the supervisor writes them down, for {@code status} to read. */
    private List<ProcessState> processes() {
        Path file = instance(0).run().resolve("state.json");
        try {
            String text = Files.readString(file);
            return List.of(JsonMapper.shared().readValue(text, ProcessState[].class));
        } catch (IOException none) {
            throw new AssertionError("no cluster runs: " + file, none);
        }
    }

    /** Nodes become free again a moment after they are Ready or uncordoned: taints are others'. */
    public void awaitUntaintedNodes() {
        TestNamespace.eventually(
                () -> json("get", "nodes").at("/items").findValues("taints").isEmpty());
    }

    public static Result run(List<String> command) {
        return run(command, "", Patience.COMMAND);
    }

    /** Fails where the command does not end by itself: what it had to say is not known then. */
    public static Result run(List<String> command, String input, Duration limit) {
        try {
            Path out = Files.createTempFile("gantry-acceptance", ".out");
            Path errors = Files.createTempFile("gantry-acceptance", ".err");
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(errors.toFile())
                            .start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException closedEarly) {
                // The command may end without reading its input; its exit code tells.
                assertThat(closedEarly).hasMessageContaining("ipe");
            }
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            var result =
                    new Result(
                            process.exitValue(), Files.readString(out), Files.readString(errors));
            Files.delete(out);
            Files.delete(errors);
            assertThat(ended)
                    .as("%s ends within %s; it said: %s", command, limit, result.text())
                    .isTrue();
            return result;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, hurried);
        }
    }
}
