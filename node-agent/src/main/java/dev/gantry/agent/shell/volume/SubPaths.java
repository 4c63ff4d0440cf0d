package dev.gantry.agent.shell.volume;

import dev.gantry.agent.shell.kernel.Descriptor;
import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Parts of volumes, each bound to a folder or file of the agent's own before a container sees it.
 *
 * <p>Invariant: what is mounted lies inside the volume, and no folder is made outside, whatever
 * links containers make there and whenever they make them. A path that was checked says nothing a
 * moment later, so the runtime is never given one into a volume: it is looked up once, held open,
 * and bound.
 *
 * <p>Compat: the place is that of kubelet's {@code subpath_linux.go}.
 */
final class SubPaths {
    private final PodFolders folders;

    SubPaths(PodFolders folders) {
        this.folders = folders;
    }

    /** Which mount of a container it is for, as kubelet numbers them. */
    record Place(PodSpec pod, ContainerSpec container, String volume, int index) {}

    /**
     * @param mayBeMade whether folders that are missing are made, with the volume's own mode
     */
    Path bind(Place place, Path volume, String relative, boolean mayBeMade) throws IOException {
        check(relative);
        Path target =
                folders.subPath(place.pod(), place.container(), place.volume(), place.index());
        try (Descriptor root = Descriptor.open(volume)) {
            if (mayBeMade) {
                root.makeFolders(relative, root.mode());
            }
            try (Descriptor found = root.beneath(relative)) {
                makeTarget(target, found.isFolder());
                Mounts.bind(found, target);
            }
        }
        return target;
    }

    /** Compat: kubelet's refusals, before it looks at the volume. */
    private static void check(String relative) throws IOException {
        if (relative.startsWith("/")) {
            throw new IOException(
                    "error SubPath `%s` must not be an absolute path".formatted(relative));
        }
        for (Path each : Path.of(relative)) {
            if (each.toString().equals("..")) {
                throw new IOException(
                        "unable to provision SubPath `%s`: must not contain '..'"
                                .formatted(relative));
            }
        }
    }

    /** An earlier try of the container may have left something else there. */
    private static void makeTarget(Path target, boolean isFolder) throws IOException {
        Mounts.unmountAll(target);
        Files.deleteIfExists(target);
        Files.createDirectories(isFolder ? target : target.getParent());
        if (!isFolder) {
            Files.createFile(target);
        }
    }
}
