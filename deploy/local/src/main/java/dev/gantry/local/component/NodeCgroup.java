package dev.gantry.local.component;

import dev.gantry.agent.shell.worker.PodCgroup;
import dev.gantry.local.instance.NodePlace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The cgroup below which the pods of a node lie, in every hierarchy of the machine.
 *
 * <p>It cannot be removed while a process is in it, and one that was killed is so for a moment
 * more. A node that has lost its folder has no runtime either that would end its containers.
 */
public final class NodeCgroup {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String name;

    public NodeCgroup(NodePlace node) {
        this.name = node.namespace();
    }

    public boolean exists() throws IOException {
        return !folders().isEmpty();
    }

    /** Ends what is in it. Where something cannot be ended, tells what stays and why. */
    void remove() throws IOException {
        long begun = System.nanoTime();
        while (exists()) {
            Set<Long> inside = processes();
            inside.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            PodCgroup.removeAll("/" + name);
            if (System.nanoTime() - begun > LIMIT.toNanos()) {
                System.out.printf(
                        "  The cgroup %s stays (processes in it: %s). Once they have ended, ./gantry down again removes it.%n",
                        name, inside);
                return;
            }
            pause();
        }
    }

    /** Where it is, in each hierarchy of version 1, or in the one of version 2. */
    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(ROOT)) {
            return List.of();
        }
        try (Stream<Path> hierarchies = Files.list(ROOT)) {
            return Stream.concat(
                            Stream.of(ROOT),
                            hierarchies.filter(
                                    each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)))
                    .map(each -> each.resolve(name))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    private Set<Long> processes() throws IOException {
        Set<Long> found = new TreeSet<>();
        for (Path folder : folders()) {
            try (Stream<Path> below = Files.walk(folder)) {
                for (Path each : (Iterable<Path>) below.filter(Files::isDirectory)::iterator) {
                    Files.readAllLines(each.resolve("cgroup.procs")).stream()
                            .map(Long::parseLong)
                            .forEach(found::add);
                }
            } catch (IOException | UncheckedIOException goneMeanwhile) {
                // Nothing is in what is not there.
                continue;
            }
        }
        return found;
    }

    private static void pause() throws IOException {
        try {
            boolean _ = new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a cgroup was removed");
        }
    }
}
