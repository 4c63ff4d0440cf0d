package dev.gantry.agent.shell.volume;

import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.node.SubordinateIds;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What the node's disk holds of pods: their folders, volumes, the mounts of containers, and with
 * what images were pulled, and which ids its users have.
 */
public record PodStorage(
        PodFolders folders,
        PodVolumes volumes,
        ContainerMounts mounts,
        ImageMounts images,
        PulledImages pulled,
        PodUserIds userIds) {
    /**
     * @param root the agent's own folder, below which everything is
     * @param ids that pods with users of their own may have
     */
    public static PodStorage below(
            Path root,
            ClusterObjects objects,
            ImageMounts images,
            SubordinateIds ids,
            InstantSource clock) {
        var folders = new PodFolders(root);
        var volumes = new PodVolumes(folders, objects, images, clock);
        return new PodStorage(
                folders,
                volumes,
                new ContainerMounts(volumes, folders),
                images,
                PulledImages.below(root),
                new PodUserIds(folders, ids));
    }
}
