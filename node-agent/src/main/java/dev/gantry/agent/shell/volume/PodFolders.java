package dev.gantry.agent.shell.volume;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import java.nio.file.Path;

/**
 * Where things of a pod are on this node.
 *
 * @param root the agent's own folder
 */
public record PodFolders(Path root) {
    /** The folder of all pods: a name in it is a uid. */
    public Path pods() {
        return root.resolve("pods");
    }

    public Path of(PodSpec pod) {
        return pods().resolve(pod.uid().value());
    }

    public Path volume(PodSpec pod, VolumeSpec volume) {
        return of(pod).resolve("volumes").resolve(volume.type().folder()).resolve(volume.name());
    }

    public Path hosts(PodSpec pod) {
        return of(pod).resolve("etc-hosts");
    }

    public Path terminationLog(PodSpec pod, ContainerSpec container, int attempt) {
        return of(pod).resolve("containers")
                .resolve(container.name())
                .resolve(Integer.toString(attempt));
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
