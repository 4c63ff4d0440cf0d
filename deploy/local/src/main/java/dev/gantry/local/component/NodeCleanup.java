package dev.gantry.local.component;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.shell.cri.CriChannel;
import dev.gantry.agent.shell.cri.CriRuntime;
import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.shell.volume.FileTree;
import dev.gantry.local.instance.NodePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/** Leaves nothing of a node behind: no container, shim, mount or cgroup. */
public final class NodeCleanup {
    private final NodePlace node;

    public NodeCleanup(NodePlace node) {
        this.node = node;
    }

    /** In good order, through the runtime, once the agent that would bring them back is gone. */
    void removePods() {
        if (!Files.exists(node.containerdSocket())) {
            return;
        }
        try (CriChannel channel = new CriChannel(node.containerdSocket());
                var workers = Executors.newFixedThreadPool(8)) {
            ContainerRuntime runtime = new CriRuntime(channel);
            for (PodSandbox sandbox : runtime.sandboxes()) {
                workers.execute(() -> remove(runtime, sandbox));
            }
        } catch (RuntimeFault away) {
            System.out.printf(
                    "  %s: no answer from containerd, cleaning up by force%n", node.name());
        }
    }

    /** By force: whatever a runtime that died has left. */
    public void removeRemains() throws IOException {
        for (ProcessHandle shim : shims()) {
            List<ProcessHandle> below = shim.descendants().toList();
            shim.destroyForcibly();
            below.forEach(ProcessHandle::destroyForcibly);
        }
        Mounts.detachAllBelow(node.run());
        Mounts.detachAllBelow(node.home());
        deleteTree(node.run());
        new NodeCgroup(node).remove();
    }

    private static void remove(ContainerRuntime runtime, PodSandbox sandbox) {
        try {
            runtime.stopSandbox(sandbox.id());
            runtime.removeSandbox(sandbox.id());
        } catch (RuntimeFault failed) {
            System.out.printf("  pod sandbox %s: %s%n", sandbox.id(), failed.getMessage());
        }
    }

    private List<ProcessHandle> shims() throws IOException {
        String address = node.containerdSocket().toString();
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(each -> each.getFileName().toString().matches("\\d+"))
                    .filter(each -> commandLine(each).contains("containerd-shim"))
                    .filter(each -> commandLine(each).contains(address))
                    .flatMap(
                            each ->
                                    ProcessHandle.of(Long.parseLong(each.getFileName().toString()))
                                            .stream())
                    .toList();
        }
    }

    /** Empty where there is no such process. */
    static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException goneMeanwhile) {
            return "";
        }
    }

    /** Only the mounts below go, and not what is mounted there. */
    public static void deleteTree(Path folder) throws IOException {
        Mounts.detachAllBelow(folder);
        FileTree.delete(folder);
    }
}
