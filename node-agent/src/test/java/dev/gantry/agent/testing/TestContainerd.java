package dev.gantry.agent.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.shell.cri.CriChannel;
import dev.gantry.agent.shell.cri.CriRuntime;
import dev.gantry.agent.shell.volume.FileTree;
import dev.gantry.client.shell.image.DebianImages;
import dev.gantry.client.shell.image.OciArchive;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A containerd of our own in a network namespace of our own, with the images of {@link
 * DebianImages} and a bridge network. Closing it leaves no process, mount, namespace or file; what
 * a run of tests that was killed has left goes before another one starts.
 */
public final class TestContainerd implements AutoCloseable {
    /** Where Debian has the CNI plugins. */
    public static final Path PLUGINS = Path.of("/usr/lib/cni");

    private static final String KIND = "gantry-cri";
    private static final Path FOLDERS = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Path NAMESPACES = Path.of("/run/netns");

    private static final List<String> NEEDED =
            List.of(
                    "/usr/bin/containerd",
                    "/usr/bin/ctr",
                    "/usr/sbin/runc",
                    "/usr/bin/catatonit",
                    "/usr/bin/busybox",
                    PLUGINS + "/bridge");

    private final Path root;
    private final String namespace;
    private final Path plugins;
    private Process process;
    private CriChannel channel;

    private TestContainerd(Path root, Path plugins) {
        this.root = root;
        this.plugins = plugins;
        this.namespace = root.getFileName().toString();
    }

    /**
     * Whether this machine can run one: for {@code assumeThat}, so that a test is skipped by name.
     */
    public static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"))
                && NEEDED.stream().allMatch(each -> Files.exists(Path.of(each)));
    }

    public static TestContainerd start() throws IOException, InterruptedException {
        TestContainerd made = startWithoutNetwork(PLUGINS);
        made.configureNetwork();
        Patience.await().until(() -> made.runtime().status().health().isNetworkReady());
        return made;
    }

    /**
     * Pods of it get no network before {@link #configureNetwork} was called.
     *
     * @param plugins where it looks for CNI plugins
     */
    public static TestContainerd startWithoutNetwork(Path plugins)
            throws IOException, InterruptedException {
        removeAbandoned();
        var made = new TestContainerd(Files.createTempDirectory(TestRun.prefix(KIND)), plugins);
        try {
            made.prepare();
            made.launch();
            made.importImage(DebianImages.pause());
            made.importImage(DebianImages.busybox());
            return made;
        } catch (IOException | RuntimeException failed) {
            made.close();
            throw failed;
        }
    }

    private static void removeAbandoned() throws IOException {
        for (String each : TestRun.abandoned(KIND, FOLDERS.toFile())) {
            new TestContainerd(FOLDERS.resolve(each), PLUGINS).close();
        }
    }

    /** As the agent does it: containerd hears of what is renamed within the folder. */
    public void configureNetwork() throws IOException {
        Path draft = Files.writeString(root.resolve("cni/.network.draft"), networkConfig());
        Files.move(draft, draft.resolveSibling("10-test.conflist"));
    }

    public Path root() {
        return root;
    }

    public Path socket() {
        return root.resolve("containerd.sock");
    }

    /** The name under which {@code ip netns} knows where its pods' bridge is. */
    public String networkNamespace() {
        return namespace;
    }

    public ContainerRuntime runtime() {
        return new CriRuntime(channel);
    }

    /** A cgroup under which sandboxes may be put: it is removed with the rest. */
    public String cgroupParent() {
        return "/" + namespace;
    }

    public Path log() {
        return root.resolve("containerd.log");
    }

    /** Kills containerd without a word; its containers live on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again after {@link #kill}. */
    public void launch() throws IOException {
        process =
                new ProcessBuilder(
                                "nsenter",
                                "--net=/run/netns/" + namespace,
                                "containerd",
                                "--config",
                                root.resolve("config.toml").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                        .start();
        if (channel == null) {
            Patience.await().until(() -> Files.exists(socket()));
            channel = new CriChannel(socket());
        }
        var runtime = runtime();
        Patience.await().ignoreExceptions().until(() -> runtime.status().health().isReady());
    }

    public CriChannel channel() {
        return channel;
    }

    public void importImage(OciArchive image) throws IOException, InterruptedException {
        Path file = Files.createTempFile(root, "image", ".tar");
        image.writeTo(file);
        run("ctr", "-a", socket().toString(), "-n", "k8s.io", "images", "import", file.toString());
        Files.delete(file);
    }

    @Override
    public void close() throws IOException {
        try {
            shutDown();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("not everything of " + root + " was removed");
        }
    }

    private void shutDown() throws IOException, InterruptedException {
        if (channel != null && process.isAlive()) {
            removeSandboxes();
            channel.close();
        }
        if (process != null) {
            process.destroy();
            if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        killRest();
        unmount();
        if (Files.exists(NAMESPACES.resolve(namespace))) {
            run("ip", "netns", "delete", namespace);
        }
        removeCgroups();
        FileTree.delete(root);
    }

    private void prepare() throws IOException, InterruptedException {
        // Users of pods come through here to their files, where they are not the node's.
        FileTree.setMode(root, 0711);
        run("ip", "netns", "add", namespace);
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        Files.createDirectories(root.resolve("cni"));
        Files.writeString(root.resolve("config.toml"), config());
    }

    private String config() {
        return """
                version = 2
                root = "ROOT/root"
                state = "ROOT/state"
                disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
                  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.aufs",
                  "io.containerd.internal.v1.tracing", "io.containerd.nri.v1.nri"]
                [grpc]
                  address = "ROOT/containerd.sock"
                [plugins."io.containerd.internal.v1.opt"]
                  path = "ROOT/opt"
                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "PAUSE"
                  restrict_oom_score_adj = true
                  netns_mounts_under_state_dir = true
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "PLUGINS"
                    conf_dir = "ROOT/cni"
                """
                .replace("ROOT", root.toString())
                .replace("PLUGINS", plugins.toString())
                .replace("PAUSE", DebianImages.PAUSE);
    }

    private String networkConfig() {
        return """
                {"cniVersion": "1.0.0", "name": "test", "plugins": [
                  {"type": "bridge", "bridge": "cni0", "isDefaultGateway": true,
                   "ipam": {"type": "host-local", "dataDir": "ROOT/ipam",
                            "ranges": [[{"subnet": "10.99.0.0/24"}], [{"subnet": "fd00:99::/64"}]]}},
                  {"type": "portmap", "capabilities": {"portMappings": true}}]}
                """
                .replace("ROOT", root.toString());
    }

    private void removeSandboxes() {
        var runtime = runtime();
        for (PodSandbox each : runtime.sandboxes()) {
            runtime.stopSandbox(each.id());
            runtime.removeSandbox(each.id());
        }
    }

    /** Its shims with all below them, and itself where a killed run has left it. */
    private void killRest() {
        List<ProcessHandle> rest =
                ProcessHandle.allProcesses()
                        .filter(each -> isOurs(commandLine(each.pid())))
                        .toList();
        for (ProcessHandle each : rest) {
            each.descendants().forEach(ProcessHandle::destroyForcibly);
            each.destroyForcibly();
        }
        Patience.await().until(() -> rest.stream().noneMatch(ProcessHandle::isAlive));
    }

    private boolean isOurs(String commandLine) {
        return commandLine.contains(socket().toString())
                || commandLine.contains(root.resolve("config.toml").toString());
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    private void unmount() throws IOException, InterruptedException {
        List<String> ours =
                Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                        .map(line -> line.split(" ")[1])
                        .filter(path -> path.startsWith(root + "/"))
                        .sorted(Comparator.reverseOrder())
                        .toList();
        for (String each : ours) {
            run("umount", "--lazy", each);
        }
    }

    private void removeCgroups() throws IOException {
        List<Path> ours;
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            ours =
                    hierarchies
                            .map(each -> each.resolve(namespace))
                            .filter(Files::isDirectory)
                            .toList();
        }
        for (Path each : ours) {
            try (Stream<Path> below = Files.walk(each)) {
                for (Path folder :
                        below.filter(Files::isDirectory)
                                .sorted(Comparator.reverseOrder())
                                .toList()) {
                    Files.delete(folder);
                }
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process running = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(running.getInputStream().readAllBytes(), UTF_8);
        if (running.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + printed);
        }
    }
}
