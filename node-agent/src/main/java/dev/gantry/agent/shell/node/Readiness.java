package dev.gantry.agent.shell.node;

import dev.gantry.agent.network.CniConfig;
import dev.gantry.agent.node.NodeConditions;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeHealth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the node can run pods: what the runtime says, and what it does not look at.
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
    private volatile @Nullable Seen last;

    private record Seen(RuntimeHealth health, Instant when) {}

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
        RuntimeHealth found = found();
        last = new Seen(found, clock.instant());
        return found;
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
                seen == null || isDoubtful(seen) ? look() : seen.health());
    }

    private boolean isDoubtful(Seen seen) {
        boolean isRecent = clock.instant().isBefore(seen.when().plus(RECENT));
        return !seen.health().isNetworkReady() && !isRecent;
    }

    private RuntimeHealth found() {
        try {
            RuntimeHealth said = runtime.health();
            return said.isNetworkReady()
                    ? new RuntimeHealth(said.runtimeProblem(), missingPlugin())
                    : said;
        } catch (RuntimeFault fault) {
            // A runtime that does not answer is one that is not well: the node says so itself.
            return new RuntimeHealth(Optional.of(fault.said()), Optional.empty());
        }
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
