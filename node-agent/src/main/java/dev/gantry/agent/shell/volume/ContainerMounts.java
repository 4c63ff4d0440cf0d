package dev.gantry.agent.shell.volume;

import dev.gantry.agent.container.VariableExpansion;
import dev.gantry.agent.runtime.container.Mount;
import dev.gantry.agent.runtime.container.Mount.Propagation;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What of a pod's volumes and files one container sees. */
public final class ContainerMounts {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerMounts.class);

    private final PodVolumes volumes;
    private final PodFolders folders;
    private final SubPaths subPaths;
    private final TerminationLogs terminationLogs;

    public ContainerMounts(PodVolumes volumes, PodFolders folders) {
        this.volumes = volumes;
        this.folders = folders;
        this.subPaths = new SubPaths(folders);
        this.terminationLogs = new TerminationLogs(folders);
    }

    /**
     * @param variables the container's environment, for {@code subPathExpr}
     */
    public List<Mount> of(PodSpec pod, ContainerSpec container, Map<String, String> variables) {
        List<Mount> found = new ArrayList<>();
        for (JsonNode each : container.tree().path("volumeMounts")) {
            var place =
                    new SubPaths.Place(pod, container, Resource.text(each, "name"), found.size());
            found.add(mount(place, each, variables));
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

    /** A fresh file for the container's termination message. */
    public Mount terminationLog(PodSpec pod, ContainerSpec container, int attempt)
            throws IOException {
        Path file = terminationLogs.make(pod, container, attempt);
        return new Mount(
                container.terminationMessagePath(), file.toString(), false, Propagation.PRIVATE);
    }

    private Mount mount(SubPaths.Place place, JsonNode mount, Map<String, String> variables) {
        VolumeSpec volume =
                VolumeSpec.of(place.pod().spec()).stream()
                        .filter(each -> each.name().equals(place.volume()))
                        .findFirst()
                        .orElseThrow(() -> new VolumeFault("there is no volume " + place.volume()));
        String expression = Resource.text(mount, "subPathExpr");
        String below =
                expression.isEmpty()
                        ? Resource.text(mount, "subPath")
                        : VariableExpansion.expand(expression, variables);
        Path root = volumes.path(place.pod(), volume);
        Path path = below.isEmpty() ? root : part(place, volume, root, below);
        boolean isReadOnly = volume.isReadOnly() || mount.path("readOnly").asBoolean(false);
        return new Mount(
                Resource.text(mount, "mountPath"), path.toString(), isReadOnly, propagation(mount));
    }

    /** Compat: why it failed is for the node's log alone, since it may tell what a node has. */
    private Path part(SubPaths.Place place, VolumeSpec volume, Path root, String below) {
        try {
            return subPaths.bind(place, root, below, !volume.type().isOnlyRead());
        } catch (IOException fault) {
            LOG.warn("{} of volume {} cannot be had: {}", below, root, fault.getMessage());
            throw new VolumeFault(
                    "failed to prepare subPath for volumeMount \"%s\" of container \"%s\""
                            .formatted(place.volume(), place.container().name()),
                    fault);
        }
    }

    private static Propagation propagation(JsonNode mount) {
        return switch (Resource.text(mount, "mountPropagation")) {
            case "Bidirectional" -> Propagation.BIDIRECTIONAL;
            case "HostToContainer" -> Propagation.HOST_TO_CONTAINER;
            default -> Propagation.PRIVATE;
        };
    }
}
