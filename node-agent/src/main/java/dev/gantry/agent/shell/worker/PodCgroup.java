package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.ResourceLimits;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
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
 * <p>Compat: kubelet's layout {@code kubepods/<class>/pod<uid>} with the cgroupfs driver. Where the
 * machine has version 1 controllers, the pod's cpu shares are set here, so that pods share by their
 * requests; and everywhere how many processes it may have. The containers' own limits are set by
 * the runtime.
 */
public final class PodCgroup {
    private static final Logger LOG = LoggerFactory.getLogger(PodCgroup.class);
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private PodCgroup() {}

    static String path(String root, PodSpec pod) {
        String level =
                switch (pod.qosClass()) {
                    case GUARANTEED -> "";
                    case BURSTABLE -> "/burstable";
                    case BEST_EFFORT -> "/besteffort";
                };
        return root + level + "/pod" + pod.uid();
    }

    /**
     * @param maxProcesses zero for no limit
     */
    static void prepare(String root, PodSpec pod, long maxProcesses) {
        String path = path(root, pod).substring(1);
        try {
            share(path, pod);
            if (maxProcesses > 0) {
                limitProcesses(path, maxProcesses);
            }
        } catch (IOException fault) {
            LOG.warn("cgroup of pod {} stays as it is: {}", pod.name(), fault.getMessage());
        }
    }

    private static void share(String path, PodSpec pod) throws IOException {
        Path cpu = ROOT.resolve("cpu");
        if (Files.isDirectory(cpu)) {
            Path folder = Files.createDirectories(cpu.resolve(path));
            Quantity asked = PodResources.requests(pod.spec()).getOrDefault("cpu", Quantity.ZERO);
            Files.writeString(
                    folder.resolve("cpu.shares"),
                    Long.toString(ResourceLimits.shares(asked.toMilli())));
        }
    }

    /** Containers that spawn without end run into it, and the node's other pods do not. */
    private static void limitProcesses(String path, long most) throws IOException {
        Path own = ROOT.resolve("pids");
        if (!Files.isDirectory(own)) {
            delegate(path);
            own = ROOT;
        }
        Path folder = Files.createDirectories(own.resolve(path));
        Files.writeString(folder.resolve("pids.max"), Long.toString(most));
    }

    /** In version 2 a controller is there only where each cgroup above hands it down. */
    private static void delegate(String path) throws IOException {
        Path above = ROOT;
        for (Path each : Path.of(path)) {
            Path control = above.resolve("cgroup.subtree_control");
            if (!Files.readString(control).contains("pids")) {
                Files.writeString(control, "+pids");
            }
            above = Files.createDirectories(above.resolve(each));
        }
    }

    static void remove(String root, PodSpec pod) {
        removeAll(path(root, pod));
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
