package dev.gantry.local.component;

import dev.gantry.local.image.LocalImages;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.local.prerequisite.Prerequisites;
import dev.gantry.local.process.Command;
import dev.gantry.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A node's own containerd, in the node's network namespace, with its own folders and socket. */
public final class Containerd {
    private final NodePlace node;

    public Containerd(NodePlace node) {
        this.node = node;
    }

    public void prepare() throws IOException {
        Files.createDirectories(node.run());
        Files.createDirectories(node.cniConfig());
        Files.createDirectories(root());
        Files.writeString(configuration(), text());
    }

    public ProcessSpec process() {
        List<String> command =
                List.of(
                        "nsenter",
                        "--net=" + node.namespaceFile(),
                        "containerd",
                        "--config",
                        configuration().toString());
        return new ProcessSpec(
                "containerd-" + node.number(),
                2,
                command,
                new TreeMap<>(),
                node.instance().logs().resolve("containerd-" + node.number() + ".log"),
                ProcessSpec.Readiness.once(this::isReady),
                new ProcessSpec.Stop("TERM", new NodeCleanup(node)::removePods));
    }

    /** Ready means: it answers, and the images that Gantry brings along are there. */
    private boolean isReady() throws IOException {
        if (!Files.exists(node.containerdSocket())) {
            return false;
        }
        Command.Result found = ctr("images", "list", "-q");
        if (found.code() != 0) {
            return false;
        }
        List<String> present = found.output().lines().toList();
        for (LocalImages.Archive archive : LocalImages.archives(node.instance())) {
            if (!present.contains(archive.name())) {
                Command.Result imported = ctr("images", "import", archive.file().toString());
                if (imported.code() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Runs containerd's own client, in the namespace that the CRI plugin uses. */
    public Command.Result ctr(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of("ctr", "-a", node.containerdSocket().toString(), "-n", "k8s.io"));
        command.addAll(List.of(arguments));
        return Command.attempt(command, "");
    }

    public Path root() {
        return node.home().resolve("containerd");
    }

    public Path state() {
        return node.run().resolve("containerd");
    }

    private Path configuration() {
        return node.home().resolve("containerd.toml");
    }

    private String text() {
        return """
        version = 2
        root = "%s"
        state = "%s"
        disabled_plugins = [
          "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.btrfs",
          "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.blockfile",
          "io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing",
          "io.containerd.nri.v1.nri"]
        [grpc]
          address = "%s"
        [plugins."io.containerd.internal.v1.opt"]
          path = "%s"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "%s"
          restrict_oom_score_adj = true
          netns_mounts_under_state_dir = true
          stream_server_address = "127.0.0.1"
          stream_server_port = "0"
          enable_unprivileged_ports = true
          enable_unprivileged_icmp = true
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "%s"
            conf_dir = "%s"
          [plugins."io.containerd.grpc.v1.cri".containerd]
            default_runtime_name = "runc"
            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
              runtime_type = "io.containerd.runc.v2"
        """
                .formatted(
                        root(),
                        state(),
                        node.containerdSocket(),
                        root().resolve("opt"),
                        LocalImages.PAUSE,
                        Prerequisites.CNI_PLUGINS,
                        node.cniConfig());
    }
}
