package dev.gantry.agent.shell.node;

import dev.gantry.agent.network.CniConfig;
import dev.gantry.agent.node.NodeConditions;
import dev.gantry.agent.runtime.CgroupDriver;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.agent.runtime.RuntimeStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the node can run pods, and how: what the runtime says, and what it does not look at.
 *
 * <p>A runtime calls its network ready as soon as it has read a configuration; that a program named
 * there is missing shows only when the first pod fails.
 */
public final class Readiness {
    /** How old a bad answer may be that a pod has to wait for. */
    private static final Duration RECENT = Duration.ofMillis(500);

    private final ContainerRuntime runtime;
    private final Path plugins;
    private final InstantSource clock;
    private volatile Seen last = Seen.NOTHING;
    private @Nullable Thread looking;

    /**
     * @param features as they were last told, which may have been some looks ago
     */
    private record Seen(RuntimeHealth health, RuntimeFeatures features, Instant when) {
        private static final Seen NOTHING =
                new Seen(
                        new RuntimeHealth(Optional.of("not known yet"), Optional.empty()),
                        RuntimeFeatures.NONE,
                        Instant.EPOCH);
    }

    /**
     * @param plugins the folder in which the runtime looks for CNI plugins
     */
    public Readiness(ContainerRuntime runtime, Path plugins, InstantSource clock) {
        this.runtime = runtime;
        this.plugins = plugins;
        this.clock = clock;
    }

    /** Looks anew. */
    public RuntimeHealth look() {
        Seen found = found(last);
        last = found;
        return found.health();
    }

    /**
     * As {@link #look}, but within that time: a runtime that hangs must not silence the node. Until
     * the look at it is given up, what was last seen is taken for true. For one thread.
     */
    public RuntimeHealth lookWithin(Duration limit) throws InterruptedException {
        Thread current = looking;
        if (current == null || !current.isAlive()) {
            current = Thread.ofVirtual().name("runtime-look").start(this::look);
            looking = current;
        }
        current.join(limit);
        return last.health();
    }

    /** What the runtime can do, as it last said; nothing where it has said nothing yet. */
    public RuntimeFeatures features() {
        if (last == Seen.NOTHING) {
            look();
        }
        return last.features();
    }

    /**
     * Why pods get no network.
     *
     * <p>Cost: a network that was ready at the last look is taken for ready. Only while it is not,
     * each question is answered by a new look.
     */
    public Optional<String> networkProblem() {
        Seen seen = last;
        return NodeConditions.networkProblem(
                seen == Seen.NOTHING || isDoubtful(seen) ? look() : seen.health());
    }

    private boolean isDoubtful(Seen seen) {
        boolean isRecent = clock.instant().isBefore(seen.when().plus(RECENT));
        return !seen.health().isNetworkReady() && !isRecent;
    }

    private Seen found(Seen before) {
        Instant now = clock.instant();
        try {
            RuntimeStatus said = runtime.status();
            Optional<String> foreign =
                    before.health().isReady() ? Optional.empty() : foreignCgroups();
            Optional<String> network = said.health().networkProblem().or(this::missingPlugin);
            var health =
                    new RuntimeHealth(said.health().runtimeProblem().or(() -> foreign), network);
            return new Seen(health, said.features(), now);
        } catch (RuntimeFault fault) {
            // A runtime that does not answer is one that is not well: the node says so itself.
            var away = new RuntimeHealth(Optional.of(fault.said()), Optional.empty());
            return new Seen(away, before.features(), now);
        }
    }

    /**
     * Why pods would not stay within what the node gives to them.
     *
     * <p>Cost: how a runtime makes cgroups changes only when it starts anew, so it is asked only
     * after it was not well.
     */
    private Optional<String> foreignCgroups() {
        return runtime.cgroupDriver()
                .filter(each -> each != CgroupDriver.CGROUPFS)
                .map(_ -> "the runtime leaves cgroups to systemd, this agent makes them itself");
    }

    /** Compat: in the runtime's words, which it would only say when a pod fails. */
    private Optional<String> missingPlugin() {
        return CniConfig.PLUGINS.stream()
                .filter(each -> !isProgram(plugins.resolve(each)))
                .findFirst()
                .map(
                        name ->
                                ("NetworkReady=false reason:NetworkPluginNotReady message:Network"
                                                + " plugin returns error: failed to find plugin"
                                                + " \"%s\" in path [%s]")
                                        .formatted(name, plugins));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
