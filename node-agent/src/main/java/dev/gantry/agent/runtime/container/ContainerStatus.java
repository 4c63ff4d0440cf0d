package dev.gantry.agent.runtime.container;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a runtime tells about one container.
 *
 * @param resources what it is held to; empty where the runtime does not say
 * @param user empty where the runtime does not say
 * @param logPath absolute
 */
public record ContainerStatus(
        Identity identity,
        ContainerState state,
        Times times,
        Exit exit,
        ImageUse image,
        Optional<LinuxResources> resources,
        Optional<ProcessUser> user,
        String logPath,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations) {
    public record Identity(String id, String name, int attempt) {}

    /**
     * @param started the epoch where it never was
     * @param finished the epoch where it has not
     */
    public record Times(Instant created, Instant started, Instant finished) {}

    /**
     * How it ended; zero and empty while it runs.
     *
     * @param reason such as OOMKilled or Error
     */
    public record Exit(int code, String reason, String message) {
        public static final Exit NONE = new Exit(0, "", "");
    }

    public String id() {
        return identity.id();
    }

    public String name() {
        return identity.name();
    }

    public int attempt() {
        return identity.attempt();
    }

    public Instant createdAt() {
        return times.created();
    }

    public Instant startedAt() {
        return times.started();
    }

    public Instant finishedAt() {
        return times.finished();
    }

    public int exitCode() {
        return exit.code();
    }

    public String reason() {
        return exit.reason();
    }

    public String message() {
        return exit.message();
    }

    public String imageName() {
        return image.name();
    }

    public String imageRef() {
        return image.ref();
    }

    /** Whether the mount at that path was made read-only with all below it. */
    public boolean hasRecursivelyReadOnly(String path) {
        String paths = annotations.getOrDefault(RuntimeLabels.RECURSIVELY_READ_ONLY, "");
        return List.of(paths.split(RuntimeLabels.BETWEEN_PATHS)).contains(path);
    }

    public boolean isRunning() {
        return state == ContainerState.RUNNING;
    }

    public boolean hasExited() {
        return state == ContainerState.EXITED;
    }

    public ContainerStatus withMessage(String message) {
        return ended(times.finished(), new Exit(exit.code(), exit.reason(), message));
    }

    /** The same container once it has ended. */
    public ContainerStatus ended(Instant finished, Exit how) {
        return new ContainerStatus(
                identity,
                ContainerState.EXITED,
                new Times(times.created(), times.started(), finished),
                how,
                image,
                resources,
                user,
                logPath,
                labels,
                annotations);
    }

    public ContainerStatus withAnnotation(String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(annotations);
        more.put(key, value);
        return new ContainerStatus(
                identity, state, times, exit, image, resources, user, logPath, labels, more);
    }
}
