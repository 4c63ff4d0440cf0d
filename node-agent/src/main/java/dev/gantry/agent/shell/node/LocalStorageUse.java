package dev.gantry.agent.shell.node;

import dev.gantry.agent.eviction.LocalStorageLimits;
import dev.gantry.agent.eviction.LocalStorageLimits.Use;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.agent.shell.volume.PodFolders;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.meta.Uid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What pods have on the node's disk.
 *
 * <p>Cost: one process a round, which reads the folders of pods with a limit, and those of all pods
 * while the disk is short; none where no pod has a limit.
 */
record LocalStorageUse(PodFolders folders, Commands commands) {
    /** Why pods must go, by their uid. */
    Map<Uid, String> excesses(List<PodSpec> running, List<ContainerStats> stats) {
        List<PodSpec> limited = running.stream().filter(LocalStorageLimits::isLimited).toList();
        Map<Uid, Use> uses = uses(limited, stats);
        Map<Uid, String> found = new HashMap<>();
        for (PodSpec pod : limited) {
            LocalStorageLimits.excess(pod, uses.getOrDefault(pod.uid(), Use.NONE))
                    .ifPresent(why -> found.put(pod.uid(), why));
        }
        return found;
    }

    /** Volumes and logs of pods, and what containers wrote to their roots by the given stats. */
    Map<Uid, Use> uses(List<PodSpec> pods, List<ContainerStats> stats) {
        List<Path> places = new ArrayList<>();
        for (PodSpec pod : pods) {
            LocalStorageLimits.emptyDirs(pod)
                    .forEach(each -> places.add(folders.volume(pod, each)));
            pod.containers().forEach(each -> places.add(logs(pod, each)));
        }
        Map<Path, Long> sizes = sizes(places.stream().filter(Files::isDirectory).toList());
        Map<Uid, Use> found = new HashMap<>();
        pods.forEach(pod -> found.put(pod.uid(), use(pod, sizes, stats)));
        return found;
    }

    private Use use(PodSpec pod, Map<Path, Long> sizes, List<ContainerStats> stats) {
        Map<String, Long> emptyDirs = new HashMap<>();
        for (VolumeSpec each : LocalStorageLimits.emptyDirs(pod)) {
            emptyDirs.put(each.name(), sizes.getOrDefault(folders.volume(pod, each), 0L));
        }
        Map<String, Long> containers = new HashMap<>();
        for (ContainerSpec each : pod.containers()) {
            containers.put(each.name(), sizes.getOrDefault(logs(pod, each), 0L));
        }
        for (ContainerStats each : stats) {
            if (each.podUid().equals(pod.uid().value())) {
                containers.merge(each.name(), each.writableLayerBytes(), Long::sum);
            }
        }
        return new Use(emptyDirs, containers);
    }

    private Path logs(PodSpec pod, ContainerSpec container) {
        return folders.logs(pod).resolve(container.name());
    }

    /**
     * Of whole folders as the disk has them, holes left out; what vanishes meanwhile is nothing.
     */
    private Map<Path, Long> sizes(List<Path> folders) {
        Map<Path, Long> sizes = new HashMap<>();
        if (folders.isEmpty()) {
            return sizes;
        }
        List<String> command =
                new ArrayList<>(
                        List.of("du", "--summarize", "--one-file-system", "--block-size=1"));
        folders.forEach(each -> command.add(each.toString()));
        for (String line : commands.output(command.toArray(String[]::new)).lines().toList()) {
            int tab = line.indexOf('\t');
            if (tab > 0 && line.substring(0, tab).chars().allMatch(Character::isDigit)) {
                sizes.put(Path.of(line.substring(tab + 1)), Long.parseLong(line.substring(0, tab)));
            }
        }
        return sizes;
    }
}
