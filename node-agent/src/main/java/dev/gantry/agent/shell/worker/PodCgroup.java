package dev.gantry.agent.shell.worker;

import dev.gantry.agent.resize.PodLimits;
import dev.gantry.agent.spec.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cgroup of a whole pod, which holds those of its containers.
 *
 * <p>Compat: kubelet's layout {@code kubepods/<class>/pod<uid>} with the cgroupfs driver. What the
 * pod as a whole is held to is set here: its share of cpu, its limits, and how many processes it
 * may have. The containers' own limits are set by the runtime.
 */
public final class PodCgroup {
    private static final Logger LOG = LoggerFactory.getLogger(PodCgroup.class);
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private PodCgroup() {}

    /** The path without its leading slash, as the files below the mount are named. */
    static String name(String root, PodSpec pod) {
        return pod.cgroup(root).substring(1);
    }

    /**
     * @param maxProcesses zero for no limit
     */
    static void prepare(String root, PodSpec pod, long maxProcesses) {
        String name = name(root, pod);
        if (maxProcesses > 0) {
            attempt(pod, () -> CgroupFiles.OF_MACHINE.limitProcesses(name, maxProcesses));
        }
        PodLimits limits = PodLimits.of(pod);
        for (PodLimits.Value each : PodLimits.Value.values()) {
            if (limits.get(each) != PodLimits.UNLIMITED) {
                attempt(pod, () -> CgroupFiles.OF_MACHINE.write(name, each, limits.get(each)));
            }
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** A pod is better off without one of its limits than not run at all. */
    private static void attempt(PodSpec pod, Writing writing) {
        try {
            writing.run();
        } catch (IOException fault) {
            LOG.warn("cgroup of pod {} stays as it is: {}", pod.name(), fault.getMessage());
        }
    }

    static void remove(String root, PodSpec pod) {
        removeAll(pod.cgroup(root));
    }

    /** Removes it and what is below from every hierarchy; what is still in use stays. */
    public static void removeAll(String path) {
        String relative = path.substring(1);
        try (Stream<Path> hierarchies = Files.list(ROOT)) {
            for (Path each : hierarchies.toList()) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    remove(each.resolve(relative));
                }
            }
            remove(ROOT.resolve(relative));
        } catch (IOException fault) {
            LOG.debug("cgroup {} stays: {}", path, fault.getMessage());
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> below = Files.walk(folder)) {
            deepestFirst =
                    below.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
