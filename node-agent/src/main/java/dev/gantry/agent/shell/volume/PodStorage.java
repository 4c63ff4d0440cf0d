package dev.gantry.agent.shell.volume;

import dev.gantry.agent.edge.ClusterObjects;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What the node's disk holds of pods: their folders, volumes, the mounts of containers, and with
 * what images were pulled.
 */
public record PodStorage(
        PodFolders folders,
        PodVolumes volumes,
        ContainerMounts mounts,
        ImageMounts images,
        PulledImages pulled) {
    /**
     * @param root the agent's own folder, below which everything is
     */
    public static PodStorage below(
            Path root, ClusterObjects objects, ImageMounts images, InstantSource clock) {
        var folders = new PodFolders(root);
        var volumes = new PodVolumes(folders, objects, images, clock);
        return new PodStorage(
                folders,
                volumes,
                new ContainerMounts(volumes, folders),
                images,
                PulledImages.below(root));
    }
}
