package dev.gantry.agent.shell.volume;

import dev.gantry.agent.container.VariableExpansion;
import dev.gantry.agent.runtime.container.Mount;
import dev.gantry.agent.runtime.container.Mount.Propagation;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What of a pod's volumes and files one container sees. */
public final class ContainerMounts {
    private static final int ANYBODY_WRITES = 0666;

    private final PodVolumes volumes;
    private final PodFolders folders;

    public ContainerMounts(PodVolumes volumes, PodFolders folders) {
        this.volumes = volumes;
        this.folders = folders;
    }

    /**
     * @param variables the container's environment, for {@code subPathExpr}
     */
    public List<Mount> of(PodSpec pod, ContainerSpec container, Map<String, String> variables) {
        List<Mount> found = new ArrayList<>();
        for (JsonNode each : container.tree().path("volumeMounts")) {
            try {
                found.add(mount(pod, each, variables));
            } catch (IOException fault) {
                String name = Resource.text(each, "name");
                throw new VolumeFault(
                        "failed to prepare subPath for volumeMount \"%s\" of container \"%s\": %s"
                                .formatted(name, container.name(), fault.getMessage()),
                        fault);
            }
        }
        return found;
    }

    /** The pod's own /etc/hosts, unless a volume stands there. */
    public Optional<Mount> hosts(PodSpec pod, List<Mount> before) {
        boolean isTaken =
                before.stream().anyMatch(each -> each.containerPath().equals("/etc/hosts"));
        return isTaken
                ? Optional.empty()
                : Optional.of(
                        new Mount(
                                "/etc/hosts",
                                folders.hosts(pod).toString(),
                                false,
                                Propagation.PRIVATE));
    }

    /** A fresh file for the container's last words. */
    public Mount terminationLog(PodSpec pod, ContainerSpec container, int attempt)
            throws IOException {
        Path file = folders.terminationLog(pod, container, attempt);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[0]);
        FileTree.setMode(file, ANYBODY_WRITES);
        return new Mount(
                container.terminationMessagePath(), file.toString(), false, Propagation.PRIVATE);
    }

    private Mount mount(PodSpec pod, JsonNode mount, Map<String, String> variables)
            throws IOException {
        String name = Resource.text(mount, "name");
        VolumeSpec volume =
                VolumeSpec.of(pod.spec()).stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IOException("there is no volume " + name));
        String expression = Resource.text(mount, "subPathExpr");
        String below =
                expression.isEmpty()
                        ? Resource.text(mount, "subPath")
                        : VariableExpansion.expand(expression, variables);
        Path root = volumes.path(pod, volume);
        Path path = below.isEmpty() ? root : below(root, below, volume.type().isWritten());
        boolean isReadOnly = volume.isReadOnly() || mount.path("readOnly").asBoolean(false);
        return new Mount(
                Resource.text(mount, "mountPath"), path.toString(), isReadOnly, propagation(mount));
    }

    /** Invariant: what is mounted lies inside the volume, whatever links a container made there. */
    private static Path below(Path root, String relative, boolean isWritten) throws IOException {
        Path inside = root.resolve(relative).normalize();
        if (!inside.startsWith(root)) {
            throw new IOException("subPath leaves its volume: " + relative);
        }
        if (!Files.exists(inside) && !isWritten) {
            Files.createDirectories(inside);
        }
        Path real = inside.toRealPath();
        if (!real.startsWith(root.toRealPath())) {
            throw new IOException("subPath leads out of its volume: " + relative);
        }
        return real;
    }

    private static Propagation propagation(JsonNode mount) {
        return switch (Resource.text(mount, "mountPropagation")) {
            case "Bidirectional" -> Propagation.BIDIRECTIONAL;
            case "HostToContainer" -> Propagation.HOST_TO_CONTAINER;
            default -> Propagation.PRIVATE;
        };
    }
}
