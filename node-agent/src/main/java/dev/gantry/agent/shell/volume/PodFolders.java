package dev.gantry.agent.shell.volume;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things of a pod are on this node.
 *
 * @param root the agent's own folder
 */
public record PodFolders(Path root) {
    private static final int OWNERS_ONLY = 0700;

    /** The folder of all pods: a name in it is a uid. */
    public Path pods() {
        return root.resolve("pods");
    }

    /** Makes the folder of all pods, which is for nobody but the agent. */
    public void prepare() throws IOException {
        Files.createDirectories(pods());
        FileTree.setMode(pods(), OWNERS_ONLY);
    }

    /** The highest number that a report may have had. */
    public Path reportSequence() {
        return root.resolve("report-sequence");
    }

    public Path of(PodSpec pod) {
        return pods().resolve(pod.uid().value());
    }

    Path volumes(PodSpec pod) {
        return of(pod).resolve("volumes");
    }

    public Path volume(PodSpec pod, VolumeSpec volume) {
        return volumes(pod).resolve(volume.type().folder()).resolve(volume.name());
    }

    Path subPaths(PodSpec pod) {
        return of(pod).resolve("volume-subpaths");
    }

    /** Where a part of a volume is bound for one mount of a container. */
    Path subPath(PodSpec pod, ContainerSpec container, String volume, int index) {
        return subPaths(pod)
                .resolve(volume)
                .resolve(container.name())
                .resolve(Integer.toString(index));
    }

    public Path hosts(PodSpec pod) {
        return of(pod).resolve("etc-hosts");
    }

    /** The files for the termination messages of all containers. */
    Path terminationLogs(PodSpec pod) {
        return of(pod).resolve("containers");
    }

    public Path terminationLog(PodSpec pod, ContainerSpec container, int attempt) {
        return terminationLogs(pod).resolve(container.name()).resolve(Integer.toString(attempt));
    }

    /** Which ids of the node the pod's own users are. */
    Path userIds(PodSpec pod) {
        return userIdsIn(of(pod));
    }

    static Path userIdsIn(Path folder) {
        return folder.resolve("user-ids");
    }

    /** The last spec seen, for a start without the API. */
    public Path checkpoint(PodSpec pod) {
        return of(pod).resolve("pod.json");
    }

    /** Compat: the names that log collectors expect under /var/log/pods. */
    public Path logs(PodSpec pod) {
        return root.resolve("logs")
                .resolve(pod.namespace() + "_" + pod.name() + "_" + pod.uid().value());
    }
}
