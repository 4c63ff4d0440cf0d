package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.runtime.ContainerConfig;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.ContainerSecurity;
import dev.gantry.agent.runtime.DnsConfig;
import dev.gantry.agent.runtime.LinuxResources;
import dev.gantry.agent.runtime.NamespaceUse;
import dev.gantry.agent.runtime.NamespaceUse.Scope;
import dev.gantry.agent.runtime.RunAs;
import dev.gantry.agent.runtime.RuntimeLabels;
import dev.gantry.agent.runtime.SandboxConfig;
import dev.gantry.agent.runtime.SandboxName;
import dev.gantry.agent.runtime.SandboxSecurity;
import dev.gantry.agent.runtime.Seccomp;
import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.stream.Channels;
import dev.gantry.agent.testing.TestContainerd;
import dev.gantry.client.shell.image.DebianImages;
import dev.gantry.model.meta.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** kubectl on one end, containerd on the other, the agent's server between them. */
final class AgentServerTest {
    private static final String PROGRAM =
            "mkdir -p /tmp/www; echo page > /tmp/www/index.html; httpd -p 8080 -h /tmp/www;"
                    + " for i in 1 2 3 4 5; do echo line $i; done; echo problem >&2;"
                    + " while sleep 0.2; do echo tick; done";
    private static final NamespaceUse OWN = new NamespaceUse(Scope.POD, Scope.CONTAINER, Scope.POD);

    @TempDir static Path folder;
    private static TestContainerd containerd;
    private static AgentServer server;
    private static KubectlFront front;
    private static SSLContext gateway;
    private static SSLContext stranger;
    private static int port;
    private static String container;

    private record Run(int code, String out, String err) {}

    @BeforeAll
    static void startEverything() throws Exception {
        assumeTrue(TestContainerd.isPossible(), "needs root, containerd, runc and CNI plugins");
        assumeTrue(Files.exists(Path.of("/usr/bin/kubectl")), "needs kubectl");
        containerd = TestContainerd.start();
        ContainerRuntime runtime = containerd.runtime();
        Resource pod = runPod(runtime);
        var pki = new TestPki();
        gateway = NodeCredentials.tls(pki.kubeconfig(folder, "CN=system:gantry:gateway"));
        stranger = NodeCredentials.tls(pki.kubeconfig(folder, "CN=somebody"));
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        server =
                new AgentServer(
                        "test",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        NodeCredentials.tls(pki.kubeconfig(folder, "CN=system:node:test")),
                        new AgentServer.Sources(
                                directory(pod), runtime, AgentServerTest::dialInside));
        server.start();
        front = new KubectlFront(gateway, port, pod);
        await().untilAsserted(() -> assertThat(kubectl("logs", "web").out()).contains("line 5"));
    }

    @AfterAll
    static void stopEverything() throws Exception {
        if (front != null) {
            front.close();
            server.close();
        }
        if (containerd != null) {
            containerd.close();
        }
    }

    @Test
    void execGivesBothStreamsAndTheExitCode() throws Exception {
        Run run = kubectl("exec", "web", "--", "sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(run.code()).isEqualTo(7);
        assertThat(run.out()).isEqualTo("out\n");
        assertThat(run.err()).contains("err\n").contains("exit code 7");
        assertThat(kubectl("exec", "web", "-c", "main", "--", "true"))
                .isEqualTo(new Run(0, "", ""));
    }

    @Test
    void execCarriesInputToItsEndAndMuchOutput() throws Exception {
        byte[] much = new byte[3 << 20];
        new Random(7).nextBytes(much);
        Path file = Files.write(folder.resolve("much"), much);
        Path copy = folder.resolve("copy");
        Run run = shell("%s exec -i web -- cat < %s > %s".formatted(kubectlCommand(), file, copy));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
    }

    @Test
    void execOnATerminalKnowsItsSize() throws Exception {
        Run run =
                shell(
                        "script -qec 'stty rows 33 cols 77; %s exec -it web -- sh -c \"sleep 0.5; stty size\"' /dev/null"
                                .formatted(kubectlCommand()));
        assertThat(run.out()).contains("33 77");
    }

    @Test
    void execOfWhatIsNotThereSaysSo() throws Exception {
        Run run = kubectl("exec", "web", "--", "no-such-program");
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("no-such-program");
        assertThat(kubectl("exec", "web", "-c", "main", "--", "sh", "-c", "kill -9 $$").code())
                .isEqualTo(137);
    }

    @Test
    void copiesFilesBothWays() throws Exception {
        Path file = Files.writeString(folder.resolve("letter"), "dear pod\n".repeat(1000));
        Path back = folder.resolve("back");
        Run there = kubectl("cp", file.toString(), "web:/tmp/letter");
        assertThat(there.code()).as(there.err()).isZero();
        Run again = kubectl("cp", "web:/tmp/letter", back.toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    }

    @Test
    void attachShowsWhatTheContainerWrites() throws Exception {
        Run run = shell("timeout 2 %s attach web".formatted(kubectlCommand()));
        assertThat(run.out()).contains("tick\n");
    }

    @Test
    void forwardsSeveralConnectionsOverOneTunnel() throws Exception {
        Path output = folder.resolve("forward.log");
        Process process =
                new ProcessBuilder(
                                "sh", "-c", "exec " + kubectlCommand() + " port-forward web :8080")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            Matcher local =
                    await().atMost(Duration.ofSeconds(15))
                            .until(
                                    () ->
                                            Pattern.compile("127.0.0.1:(\\d+) ->")
                                                    .matcher(Files.readString(output)),
                                    Matcher::find);
            URI page = URI.create("http://127.0.0.1:" + local.group(1) + "/");
            for (int round = 0; round < 5; round++) {
                List<Thread> clients = new ArrayList<>();
                List<String> pages = java.util.Collections.synchronizedList(new ArrayList<>());
                for (int i = 0; i < 4; i++) {
                    clients.add(Thread.startVirtualThread(() -> pages.add(fetch(page))));
                }
                for (Thread each : clients) {
                    each.join();
                }
                assertThat(pages).hasSize(4).containsOnly("page\n");
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void forwardsPortsAsChannelsForClientsThatSpeakNoSpdy() throws Exception {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        var heard = new ByteArrayOutputStream();
        try (var http = HttpClient.newBuilder().sslContext(gateway).build()) {
            var socket =
                    http.newWebSocketBuilder()
                            .subprotocols("v4.channel.k8s.io")
                            .buildAsync(
                                    URI.create(
                                            "wss://127.0.0.1:%d/portForward/default/web?ports=8080"
                                                    .formatted(port)),
                                    new Recorder(heard))
                            .get();
            byte[] request = Channels.message(0, "GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            socket.sendBinary(ByteBuffer.wrap(request), true).get();
            await().until(() -> heard.toString(UTF_8).endsWith("page\n"));
            byte[] bytes = heard.toByteArray();
            assertThat(Arrays.copyOf(bytes, 6))
                    .containsExactly(0, (byte) 8080, 8080 >> 8, 1, (byte) 8080, 8080 >> 8);
            await().until(socket::isInputClosed);
            socket.abort();
        }
    }

    /** Keeps all that comes, channel numbers and bytes in one. */
    private record Recorder(ByteArrayOutputStream heard)
            implements java.net.http.WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onBinary(
                java.net.http.WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            heard.writeBytes(bytes);
            socket.request(1);
            return null;
        }
    }

    @Test
    void attachCarriesInputToAContainerThatReads() throws Exception {
        Run run =
                shell(
                        "(echo hello; sleep 1) | timeout 3 %s attach -i web -c echo"
                                .formatted(kubectlCommand()));
        assertThat(run.out()).contains("hello\n");
    }

    @Test
    void showsLogsByTailTimeLimitAndStream() throws Exception {
        // The two streams of a container are read side by side: which line comes first is open.
        String all = kubectl("logs", "web", "--tail=-1").out();
        assertThat(all.lines().limit(6)).contains("line 1", "line 2", "line 5", "problem");
        assertThat(kubectl("logs", "web", "--limit-bytes=13").out())
                .isEqualTo(all.substring(0, 13));
        assertThat(kubectl("logs", "web", "--tail=1").out()).isEqualTo("tick\n");
        assertThat(kubectl("logs", "web", "--tail=0").out()).isEmpty();
        assertThat(kubectl("logs", "web", "--timestamps", "--limit-bytes=37").out())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (line 1|problem?)\n?");
        await().untilAsserted(
                        () ->
                                assertThat(kubectl("logs", "web", "--since=2s").out())
                                        .contains("tick")
                                        .doesNotContain("5"));
        assertThat(get(gateway, "/containerLogs/default/web/main?previous=true"))
                .startsWith("400 previous terminated container \"main\" in pod \"web\" not found");
        await().untilAsserted(
                        () ->
                                assertThat(followed(Duration.ofSeconds(2)).lines().count())
                                        .isGreaterThan(3));
    }

    private static String followed(Duration time) throws Exception {
        String follow = "timeout %d %s logs -f --tail=1 web";
        return shell(follow.formatted(time.toSeconds(), kubectlCommand())).out();
    }

    @Test
    void followsALogAcrossItsRotation() throws Exception {
        var rotation = new LogRotation(containerd.runtime(), new LogRotation.Limits(10, 2));
        Process process =
                new ProcessBuilder(
                                "sh", "-c", "exec timeout 4 " + kubectlCommand() + " logs -f web")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("follow.log").toFile())
                        .start();
        await().until(() -> Files.readString(folder.resolve("follow.log")).contains("line 5"));
        rotation.rotateAll();
        long before = Files.readString(folder.resolve("follow.log")).lines().count();
        process.waitFor();
        assertThat(Files.readString(folder.resolve("follow.log")).lines().count())
                .isGreaterThan(before + 3);
        Path log = Path.of(containerd.runtime().container(container).orElseThrow().logPath());
        try (var files = Files.list(log.getParent())) {
            assertThat(files).hasSize(2);
        }
        // The rest of the tests want the lines from the beginning.
        try (var files = Files.newDirectoryStream(log.getParent(), "0.log.*")) {
            Path first = files.iterator().next();
            Files.writeString(
                    first, Files.readString(log), java.nio.file.StandardOpenOption.APPEND);
            Files.move(first, log, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            containerd.runtime().reopenLog(container);
        }
    }

    @Test
    void letsOnlyTheGatewayInAndTellsEverybodyItsHealth() throws Exception {
        assertThat(get(stranger, "/pods")).startsWith("403");
        assertThat(get(stranger, "/healthz")).isEqualTo("200 ok\n");
        assertThat(get(gateway, "/pods")).contains("\"name\":\"web\"");
        assertThat(get(gateway, "/nothing")).startsWith("404");
        assertThat(get(gateway, "/exec/default/web/main?command=ls")).startsWith("400");
        assertThat(get(gateway, "/containerLogs/default/none/main")).startsWith("404");
        await().untilAsserted(
                        () ->
                                assertThat(get(gateway, "/stats/summary"))
                                        .contains("\"podRef\":{\"name\":\"web\"")
                                        .contains("\"workingSetBytes\""));
    }

    private static String get(SSLContext who, String path) throws Exception {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(who)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var response =
                    client.send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                                    .build(),
                            BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }

    private static String fetch(URI page) {
        try (InputStream in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            return broken.toString();
        }
    }

    private static String kubectlCommand() {
        return "kubectl --server=%s -n default --cache-dir=%s --request-timeout=20s"
                .formatted(front.url(), folder.resolve("cache"));
    }

    private static Run kubectl(String... arguments) throws Exception {
        var line = new StringBuilder(kubectlCommand());
        for (String each : arguments) {
            line.append(" '").append(each).append('\'');
        }
        return shell(line.toString());
    }

    private static Run shell(String line) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var builder =
                new ProcessBuilder("sh", "-c", line)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("KUBECONFIG", "/dev/null");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Run(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    /** The runtime listens in the network namespace of its node, where this process is not. */
    private static Dialer.Connection dialInside(String host, int port) throws IOException {
        Process process =
                new ProcessBuilder(
                                "nsenter",
                                "--net=/run/netns/" + containerd.networkNamespace(),
                                "busybox",
                                "nc",
                                host,
                                Integer.toString(port))
                        .start();
        return new Dialer.Connection() {
            @Override
            public InputStream in() {
                return process.getInputStream();
            }

            @Override
            public OutputStream out() {
                return process.getOutputStream();
            }

            @Override
            public void close() {
                process.destroyForcibly();
            }
        };
    }

    private static PodDirectory directory(Resource pod) {
        return new PodDirectory() {
            @Override
            public Optional<Resource> pod(String namespace, String name) {
                return pods().stream()
                        .filter(each -> each.name().equals(name))
                        .filter(each -> each.namespace().equals(namespace))
                        .findFirst();
            }

            @Override
            public List<Resource> pods() {
                return List.of(pod);
            }
        };
    }

    private static Resource runPod(ContainerRuntime runtime) {
        var labels = new TreeMap<>(Map.of(RuntimeLabels.POD_UID, "uid-web"));
        var sandbox =
                new SandboxConfig(
                        new SandboxName("web", "default", "uid-web", 0),
                        "web",
                        containerd.root().resolve("logs").toString(),
                        new DnsConfig(List.of(), List.of(), List.of()),
                        List.of(),
                        labels,
                        new TreeMap<>(),
                        containerd.cgroupParent() + "/web",
                        new SandboxSecurity(
                                OWN, new RunAs(null, null, List.of()), false, Seccomp.UNCONFINED),
                        new TreeMap<>());
        String sandboxId = runtime.runSandbox(sandbox);
        var config =
                new ContainerConfig(
                        "main",
                        0,
                        DebianImages.BUSYBOX,
                        DebianImages.BUSYBOX,
                        List.of("sh", "-c", PROGRAM),
                        List.of(),
                        "",
                        List.of(),
                        List.of(),
                        labels,
                        new TreeMap<>(),
                        "main/0.log",
                        ContainerConfig.Terminal.NONE,
                        new LinuxResources(0, 0, 2, 0, 1000),
                        new ContainerSecurity(
                                OWN,
                                new RunAs(null, null, List.of()),
                                false,
                                false,
                                false,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Seccomp.UNCONFINED));
        container = runtime.createContainer(sandboxId, config, sandbox);
        runtime.startContainer(container);
        String echo = startEcho(runtime, sandboxId, sandbox, config);
        String pod =
                """
                {"kind": "Pod", "apiVersion": "v1",
                 "metadata": {"name": "web", "namespace": "default", "uid": "uid-web"},
                 "spec": {"containers": [{"name": "main", "image": "busybox"},
                                          {"name": "echo", "image": "busybox", "stdin": true}]},
                 "status": {"phase": "Running", "containerStatuses": [
                   {"name": "main", "containerID": "containerd://%s", "ready": true,
                    "state": {"running": {}}},
                   {"name": "echo", "containerID": "containerd://%s", "ready": true,
                    "state": {"running": {}}}]}}
                """
                        .formatted(container, echo);
        return new Resource((ObjectNode) JsonMapper.shared().readTree(pod));
    }

    private static String startEcho(
            ContainerRuntime runtime,
            String sandboxId,
            SandboxConfig sandbox,
            ContainerConfig main) {
        var config =
                new ContainerConfig(
                        "echo",
                        0,
                        main.imageRef(),
                        main.imageName(),
                        List.of("cat"),
                        List.of(),
                        "",
                        List.of(),
                        List.of(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        "echo/0.log",
                        new ContainerConfig.Terminal(true, false, false),
                        main.resources(),
                        main.security());
        String id = runtime.createContainer(sandboxId, config, sandbox);
        runtime.startContainer(id);
        return id;
    }
}
