package dev.gantry.agent.shell.volume;

import dev.gantry.agent.container.EnvironmentFile;
import dev.gantry.agent.container.VariableExpansion;
import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.container.Mount;
import dev.gantry.agent.runtime.container.Mount.Access;
import dev.gantry.agent.runtime.container.Mount.Propagation;
import dev.gantry.agent.shell.kernel.Descriptor;
import dev.gantry.agent.shell.kernel.KernelFault;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.RecursiveReadOnly;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
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

    /** Far more than an environment may have. */
    private static final long MAX_ENVIRONMENT_BYTES = 1 << 20;

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
     * @param handler what can be done where the pod runs
     */
    public List<Mount> of(
            PodSpec pod,
            ContainerSpec container,
            Map<String, String> variables,
            HandlerFeatures handler) {
        List<Mount> found = new ArrayList<>();
        for (JsonNode each : container.tree().path("volumeMounts")) {
            var place =
                    new SubPaths.Place(pod, container, Resource.text(each, "name"), found.size());
            found.add(mount(place, each, variables, handler));
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
                                Access.READ_WRITE,
                                Propagation.PRIVATE));
    }

    /** A fresh file for the container's termination message. */
    public Mount terminationLog(PodSpec pod, ContainerSpec container, int attempt)
            throws IOException {
        Path file = terminationLogs.make(pod, container, attempt);
        return new Mount(
                container.terminationMessagePath(),
                file.toString(),
                Access.READ_WRITE,
                Propagation.PRIVATE);
    }

    private Mount mount(
            SubPaths.Place place,
            JsonNode mount,
            Map<String, String> variables,
            HandlerFeatures handler) {
        VolumeSpec volume = volume(place.pod(), place.volume());
        String below = subPath(mount, variables);
        Optional<String> problem = RecursiveReadOnly.problem(mount, handler);
        if (problem.isPresent()) {
            throw new VolumeFault("failed to resolve recursive read-only mode: " + problem.get());
        }
        Path root = volumes.path(place.pod(), volume);
        Path path = below.isEmpty() ? root : part(place, volume, root, below);
        return new Mount(
                Resource.text(mount, "mountPath"),
                path.toString(),
                access(mount, volume, handler),
                propagation(mount));
    }

    private static Access access(JsonNode mount, VolumeSpec volume, HandlerFeatures handler) {
        if (RecursiveReadOnly.isGiven(mount, handler)) {
            return Access.RECURSIVELY_READ_ONLY;
        }
        boolean isReadOnly = volume.isReadOnly() || mount.path("readOnly").asBoolean(false);
        return isReadOnly ? Access.READ_ONLY : Access.READ_WRITE;
    }

    private static VolumeSpec volume(PodSpec pod, String name) {
        return VolumeSpec.of(pod.spec()).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new VolumeFault("there is no volume " + name));
    }

    /** Compat: a path of which a part is not known is none. */
    private static String subPath(JsonNode mount, Map<String, String> variables) {
        String expression = Resource.text(mount, "subPathExpr");
        if (expression.isEmpty()) {
            return Resource.text(mount, "subPath");
        }
        Optional<String> missing = VariableExpansion.missing(expression, variables);
        if (missing.isPresent()) {
            throw new VolumeFault("missing value for \"%s\"".formatted(missing.get()));
        }
        return VariableExpansion.expand(expression, variables);
    }

    /** What a file of a volume holds; empty where there is no such file, or none to be read. */
    public Optional<String> text(PodSpec pod, EnvironmentFile.Place file) throws IOException {
        Path folder = volumes.path(pod, volume(pod, file.volume()));
        try (Descriptor root = Descriptor.open(folder);
                Descriptor found = root.beneath(file.path())) {
            boolean isReadable =
                    Files.isRegularFile(found.path())
                            && Files.size(found.path()) <= MAX_ENVIRONMENT_BYTES;
            return isReadable ? Optional.of(Files.readString(found.path())) : Optional.empty();
        } catch (KernelFault | CharacterCodingException fault) {
            LOG.warn("{} of volume {} is not read: {}", file.path(), folder, fault.getMessage());
            return Optional.empty();
        }
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
