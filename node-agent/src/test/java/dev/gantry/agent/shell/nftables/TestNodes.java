package dev.gantry.agent.shell.nftables;

import dev.gantry.agent.network.CniConfig;
import dev.gantry.agent.shell.command.CommandFault;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.agent.testing.TestRun;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two nodes, a and b, as network namespaces side by side, and pods in namespaces of their own that
 * the real CNI plugins connect.
 */
public final class TestNodes implements AutoCloseable {
    private static final String KIND = "gnettest";
    public static final String PREFIX = TestRun.prefix(KIND);
    private static final File NAMESPACES = new File("/run/netns");
    private final Commands host = new Commands(List.of());
    private final List<String> namespaces = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Map<String, String> addresses = new TreeMap<>();
    private final Path folder;
    private final ObjectCache cache = new ObjectCache();
    private long revision;

    public TestNodes(Path folder) {
        this.folder = folder;
        for (String program : List.of("ip", "nft", "nsenter", "busybox", "conntrack")) {
            Assumptions.assumeTrue(
                    host.succeeds("sh", "-c", "command -v " + program), program + " is missing");
        }
        for (String each : TestRun.abandoned(KIND, NAMESPACES)) {
            host.succeeds("ip", "netns", "del", each);
        }
        for (String node : List.of("a", "b")) {
            namespace(node);
        }
        host.run(
                "",
                "ip",
                "link",
                "add",
                "gnett0",
                "netns",
                PREFIX + "a",
                "type",
                "veth",
                "peer",
                "name",
                "gnett0",
                "netns",
                PREFIX + "b");
        connect("a", 1, 2);
        connect("b", 2, 1);
    }

    public ObjectCache cache() {
        return cache;
    }

    /** Runs programs on a node or in a pod. */
    public Commands in(String name) {
        return new Commands(List.of("nsenter", "--net=/run/netns/" + PREFIX + name));
    }

    public void put(Kind kind, String name, String body) {
        ObjectKey key = new ObjectKey(kind.resource(), kind.isNamespaced() ? "n" : "", name);
        ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(body);
        ObjectNode metadata = tree.withObject("metadata");
        metadata.put("name", name);
        if (kind.isNamespaced()) {
            metadata.put("namespace", "n");
        }
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(tree);
        cache.onChange(change(key, ChangeMessage.Type.MODIFIED, bytes));
    }

    public void remove(Kind kind, String name) {
        ObjectKey key = new ObjectKey(kind.resource(), kind.isNamespaced() ? "n" : "", name);
        cache.onChange(change(key, ChangeMessage.Type.DELETED, null));
    }

    /** Both nodes as objects: 10.199.7.N, pods in 10.198.N.0/24, and the same in IPv6. */
    public static String node(int number) {
        return """
                {"spec": {"podCIDR": "10.198.%1$d.0/24",
                          "podCIDRs": ["10.198.%1$d.0/24", "fd00:198:%1$d::/64"]},
                 "status": {"addresses": [{"type": "InternalIP", "address": "10.199.7.%1$d"},
                                          {"type": "InternalIP", "address": "fd00:199:7::%1$d"}]}}
                """
                .formatted(number);
    }

    public Path configurationFolder(String node) {
        return folder.resolve(node).resolve("net.d");
    }

    public Path leases(String node) {
        return folder.resolve(node).resolve("leases");
    }

    /** A pod with a web server on port 8080 that says the pod's name. */
    public List<String> pod(String node, String name) throws IOException {
        namespace(name);
        JsonNode list =
                JsonMapper.shared()
                        .readTree(
                                Files.readString(
                                        configurationFolder(node).resolve("10-gantry.conflist")));
        ObjectNode bridge = (ObjectNode) list.path("plugins").path(0);
        bridge.put("cniVersion", "1.0.0").put("name", CniConfig.NETWORK);
        String result =
                in(node).run(
                                bridge.toString(),
                                "env",
                                "CNI_COMMAND=ADD",
                                "CNI_CONTAINERID=" + PREFIX + name,
                                "CNI_NETNS=/run/netns/" + PREFIX + name,
                                "CNI_IFNAME=eth0",
                                "CNI_PATH=/usr/lib/cni",
                                "/usr/lib/cni/bridge");
        List<String> found = new ArrayList<>();
        JsonMapper.shared()
                .readTree(result)
                .path("ips")
                .forEach(
                        each -> found.add(each.path("address").asString("").replaceAll("/.*", "")));
        Path files = Files.createDirectories(folder.resolve(name));
        Files.writeString(files.resolve("index.html"), name);
        start(name, "busybox", "httpd", "-f", "-p", "[::]:8080", "-h", files.toString());
        addresses.put(name, found.getFirst());
        return found;
    }

    /** What the port mapping plugin of the same list does for a pod with a host port. */
    public void mapPort(String node, String pod, List<String> addresses, int from, int to)
            throws IOException {
        JsonNode list =
                JsonMapper.shared()
                        .readTree(
                                Files.readString(
                                        configurationFolder(node).resolve("10-gantry.conflist")));
        ObjectNode plugin = (ObjectNode) list.path("plugins").path(1);
        plugin.put("cniVersion", "1.0.0").put("name", CniConfig.NETWORK);
        plugin.putObject("runtimeConfig")
                .putArray("portMappings")
                .addObject()
                .put("hostPort", from)
                .put("containerPort", to)
                .put("protocol", "tcp");
        ObjectNode before = plugin.putObject("prevResult").put("cniVersion", "1.0.0");
        before.putArray("interfaces")
                .addObject()
                .put("name", "eth0")
                .put("sandbox", "/run/netns/" + PREFIX + pod);
        var ips = before.putArray("ips");
        for (String each : addresses) {
            ips.addObject()
                    .put("interface", 0)
                    .put("address", each + (each.contains(":") ? "/64" : "/24"));
        }
        in(node).run(
                        plugin.toString(),
                        "env",
                        "CNI_COMMAND=ADD",
                        "CNI_CONTAINERID=" + PREFIX + pod,
                        "CNI_NETNS=/run/netns/" + PREFIX + pod,
                        "CNI_IFNAME=eth0",
                        "CNI_PATH=/usr/lib/cni",
                        "/usr/lib/cni/portmap");
    }

    /** Returns the file that holds what it prints. It ends with the nodes. */
    public Path start(String name, String... command) throws IOException {
        List<String> line =
                new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + PREFIX + name));
        line.addAll(List.of(command));
        Path output = folder.resolve(name + "-" + processes.size() + ".log");
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        processes.add(process);
        return output;
    }

    /** What the server at the address said to this client, or empty if there was none. */
    public String fetch(String from, String address, int port) {
        try {
            return get(from, address, port);
        } catch (CommandFault refused) {
            return "";
        }
    }

    /** What the server at the address said to this client; a fault if there was none. */
    String get(String from, String address, int port) {
        return get(from, address, port, "10");
    }

    /** Whether this client has no answer after two seconds. */
    boolean isSilent(String from, String address, int port) {
        try {
            return get(from, address, port, "2").isEmpty();
        } catch (CommandFault unanswered) {
            return true;
        }
    }

    private String get(String from, String address, int port, String seconds) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        String url = "http://" + host + ":" + port + "/";
        return in(from).run("", "busybox", "timeout", seconds, "busybox", "wget", "-qO-", url);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (String each : namespaces) {
            host.succeeds("ip", "netns", "del", PREFIX + each);
        }
    }

    private ChangeMessage change(
            ObjectKey key,
            ChangeMessage.Type type,
            byte @org.jspecify.annotations.Nullable [] body) {
        revision++;
        return new ChangeMessage(
                key,
                new Revision(revision),
                new Revision(revision - 1),
                type,
                Instant.EPOCH.toString(),
                "test",
                body);
    }

    private void namespace(String name) {
        host.succeeds("ip", "netns", "del", PREFIX + name);
        host.run("", "ip", "netns", "add", PREFIX + name);
        namespaces.add(name);
        in(name).run("", "ip", "link", "set", "lo", "up");
    }

    private void connect(String node, int self, int other) {
        in(node).run(
                        """
                        address add 10.199.7.%1$d/24 dev gnett0
                        address add fd00:199:7::%1$d/64 dev gnett0 nodad
                        link set gnett0 up
                        route add default via 10.199.7.%2$d
                        route add default via fd00:199:7::%2$d
                        """
                                .formatted(self, other),
                        "ip",
                        "-batch",
                        "-");
    }
}
