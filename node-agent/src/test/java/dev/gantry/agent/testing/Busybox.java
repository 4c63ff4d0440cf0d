package dev.gantry.agent.testing;

import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerConfig.Terminal;
import dev.gantry.agent.runtime.container.ContainerSecurity;
import dev.gantry.agent.runtime.container.ContainerSecurity.Capabilities;
import dev.gantry.agent.runtime.container.ContainerSecurity.KernelFiles;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.DnsConfig;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.runtime.sandbox.SandboxName;
import dev.gantry.agent.runtime.sandbox.SandboxSecurity;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.runtime.security.NamespaceUse;
import dev.gantry.agent.runtime.security.NamespaceUse.Scope;
import dev.gantry.agent.runtime.security.RunAs;
import dev.gantry.agent.runtime.security.RunAs.GroupsPolicy;
import dev.gantry.agent.runtime.security.SecurityProfile;
import dev.gantry.client.shell.image.DebianImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pod of busybox as a runtime is asked for it. Its uid is its name.
 *
 * @param folder for its logs
 * @param cgroupParent where its cgroup may be
 * @param users which users of the node its own ones are
 */
public record Busybox(String name, Path folder, String cgroupParent, Optional<IdRange> users) {
    private static final RunAs IMAGE_USER = new RunAs(null, null, List.of(), GroupsPolicy.MERGE);

    /** With the node's users. */
    public Busybox(String name, Path folder, String cgroupParent) {
        this(name, folder, cgroupParent, Optional.empty());
    }

    private NamespaceUse namespaces() {
        return new NamespaceUse(Scope.POD, Scope.CONTAINER, Scope.POD, "", users);
    }

    public SandboxConfig sandbox() {
        return new SandboxConfig(
                new SandboxName(name, "default", name, 0),
                name,
                folder.resolve("logs").resolve(name).toString(),
                new DnsConfig(
                        List.of("10.96.0.10"), List.of("svc.cluster.local"), List.of("ndots:5")),
                List.of(),
                new TreeMap<>(Map.of(RuntimeLabels.POD_UID, name)),
                new TreeMap<>(),
                cgroupParent + "/" + name,
                new SandboxSecurity(
                        namespaces(), IMAGE_USER, false, SecurityProfile.RUNTIME_DEFAULT),
                new TreeMap<>());
    }

    public ContainerConfig container(String container, Terminal terminal, List<String> command) {
        return new ContainerConfig(
                container,
                0,
                new ImageUse(DebianImages.BUSYBOX, DebianImages.BUSYBOX),
                new ContainerConfig.Process(command, List.of(), "", List.of(), terminal),
                List.of(),
                new TreeMap<>(Map.of(RuntimeLabels.POD_UID, name)),
                new TreeMap<>(),
                container + "/0.log",
                new LinuxResources(0, 0, 2, 0, 1000),
                new ContainerSecurity(
                        namespaces(),
                        IMAGE_USER,
                        false,
                        false,
                        false,
                        Capabilities.USUAL,
                        KernelFiles.OPEN,
                        SecurityProfile.UNCONFINED,
                        Optional.empty()));
    }
}
