package dev.gantry.agent.shell.http;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.node.Machine;
import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerConfig.Terminal;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.volume.FileTree;
import dev.gantry.agent.shell.volume.LocalVolumes;
import dev.gantry.agent.testing.Busybox;
import dev.gantry.agent.testing.TestAuthority;
import dev.gantry.agent.testing.TestContainerd;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A pod that runs in a containerd, its agent's server, and kubectl in front of that. */
final class ServedPod implements AutoCloseable {
    private static final String PROGRAM =
            "mkdir -p /tmp/www; echo page > /tmp/www/index.html; httpd -p 8080 -h /tmp/www;"
                    + " for i in 1 2 3 4 5; do echo line $i; done; echo problem >&2;"
                    + " while sleep 0.2; do echo tick; done";

    private final Path folder;
    private final TestContainerd containerd;
    private final AgentServer server;
    private final KubectlFront front;
    private final SSLContext gateway;
    private final SSLContext unknown;
    private final int port;
    private String container = "";

    /** One for all tests: it takes seconds to make. */
    static final class Shared implements BeforeAllCallback, ParameterResolver {
        @Override
        public void beforeAll(ExtensionContext context) {
            assumeTrue(TestContainerd.isPossible(), "needs root, containerd, runc and CNI plugins");
            assumeTrue(Files.exists(Path.of("/usr/bin/kubectl")), "needs kubectl");
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ServedPod.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(ServedPod.class, _ -> make(), ServedPod.class);
        }

        private static ServedPod make() {
            try {
                return new ServedPod();
            } catch (Exception fault) {
                throw new IllegalStateException("cannot serve a pod", fault);
            }
        }
    }

    /** How a command ended, and what it printed. */
    record Run(int code, String out, String err) {}

    private ServedPod() throws Exception {
        folder = Files.createTempDirectory("served-pod");
        containerd = TestContainerd.start();
        ContainerRuntime runtime = containerd.runtime();
        Resource pod = runPod(runtime);
        var pki = new TestAuthority();
        gateway = ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=system:gantry:gateway"));
        unknown = ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=somebody"));
        port = FreePorts.next();
        var node =
                Optional.of(ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=system:node:test")));
        server =
                new AgentServer(
                        "test",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        () -> node,
                        new AgentServer.Sources(
                                ReviewingApi.away(),
                                directory(pod),
                                runtime,
                                this::dialInside,
                                LocalVolumes.below(folder),
                                new NodeMetrics(
                                        List.of(containerd.channel().metrics()::append),
                                        text -> text.append("of probes\n"),
                                        "/kubepods",
                                        new Machine("m", "s", "b", "", "", "", 2, 4096, 0)),
                                new TreeMap<>(Map.of("gantry.node.name", "test"))));
        server.start();
        front = new KubectlFront(gateway, port, pod);
        await().untilAsserted(
                        () ->
                                assertThat(kubectl("logs", "web").out())
                                        .contains("line 5", "problem"));
    }

    @Override
    public void close() throws IOException {
        front.close();
        server.close();
        containerd.close();
        FileTree.delete(folder);
    }

    SSLContext gateway() {
        return gateway;
    }

    SSLContext unknown() {
        return unknown;
    }

    ContainerRuntime runtime() {
        return containerd.runtime();
    }

    /** The id of the container that talks. */
    String container() {
        return container;
    }

    URI uri(String scheme, String path) {
        return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, port, path));
    }

    /** The agent's own folder. */
    Path folder() {
        return folder;
    }

    String get(SSLContext who, String path) throws Exception {
        return ask(who, "GET", path);
    }

    String ask(SSLContext who, String method, String path) throws Exception {
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(who)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var response =
                    client.send(
                            HttpRequest.newBuilder(uri("https", path))
                                    .method(method, BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }

    String kubectlCommand() {
        return "kubectl --server=%s -n default --cache-dir=%s --request-timeout=60s"
                .formatted(front.url(), folder.resolve("cache"));
    }

    Run kubectl(String... arguments) throws Exception {
        var line = new StringBuilder(kubectlCommand());
        for (String each : arguments) {
            line.append(" '").append(each).append('\'');
        }
        return shell(line.toString());
    }

    /**
     * One that runs until it is destroyed; all that it prints goes to the file.
     *
     * @param settings {@code NAME=VALUE} of its environment
     */
    Process kubectlTo(Path output, String arguments, String... settings) throws IOException {
        String with = settings.length == 0 ? "" : "env " + String.join(" ", settings) + " ";
        String command = "exec " + with + kubectlCommand() + " " + arguments;
        var builder =
                new ProcessBuilder("sh", "-c", command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("KUBECONFIG", "/dev/null");
        return builder.start();
    }

    Run shell(String line) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var builder =
                new ProcessBuilder("sh", "-c", line)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("KUBECONFIG", "/dev/null");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Run(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    /** The runtime listens in the network namespace of its node, where this process is not. */
    private Dialer.Connection dialInside(String host, int port) throws IOException {
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

    private Resource runPod(ContainerRuntime runtime) {
        var web = new Busybox("web", containerd.root(), containerd.cgroupParent());
        SandboxConfig sandbox = web.sandbox();
        String sandboxId = runtime.runSandbox(sandbox, "");
        container =
                run(
                        runtime,
                        sandboxId,
                        sandbox,
                        web.container("main", Terminal.NONE, List.of("sh", "-c", PROGRAM)));
        String echo =
                run(
                        runtime,
                        sandboxId,
                        sandbox,
                        web.container("echo", new Terminal(true, false, false), List.of("cat")));
        String pod =
                """
                {"kind": "Pod", "apiVersion": "v1",
                 "metadata": {"name": "web", "namespace": "default", "uid": "web"},
                 "spec": {"containers": [{"name": "main", "image": "busybox"},
                                          {"name": "echo", "image": "busybox", "stdin": true}]},
                 "status": {"phase": "Running", "containerStatuses": [
                   {"name": "main", "containerID": "containerd://%s", "ready": true,
                    "image": "busybox",
                    "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}},
                   {"name": "echo", "containerID": "containerd://%s", "ready": true,
                    "state": {"running": {}}}]}}
                """
                        .formatted(container, echo);
        return new Resource((ObjectNode) JsonMapper.shared().readTree(pod));
    }

    private static String run(
            ContainerRuntime runtime,
            String sandboxId,
            SandboxConfig sandbox,
            ContainerConfig config) {
        String id = runtime.createContainer(sandboxId, config, sandbox);
        runtime.startContainer(id);
        return id;
    }
}
