package dev.gantry.agent.container;

import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerConfig.Terminal;
import dev.gantry.agent.runtime.container.EnvironmentVariable;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.runtime.container.Mount;
import dev.gantry.agent.runtime.container.Mount.Access;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a container is made. */
public final class ContainerConfigs {
    private ContainerConfigs() {}

    /**
     * What the shell found and prepared for one container.
     *
     * @param target the id of the container whose processes it shares; empty for none
     * @param users which users of the node its own ones are; empty where it has the node's
     */
    public record Prepared(
            String imageRef,
            List<EnvironmentVariable> environment,
            List<Mount> mounts,
            String target,
            Optional<IdRange> users,
            long nodeMemoryBytes,
            NodeSecurity security) {}

    /**
     * @param attempt the restart count: zero for the first try
     */
    public static ContainerConfig of(
            PodSpec pod, ContainerSpec container, int attempt, Prepared prepared) {
        return new ContainerConfig(
                container.name(),
                attempt,
                new ImageUse(container.image(), prepared.imageRef()),
                process(container, prepared.environment()),
                prepared.mounts(),
                labels(pod, container),
                annotations(pod, container, attempt, prepared.mounts()),
                container.name() + "/" + attempt + ".log",
                ResourceLimits.of(pod, container, prepared.nodeMemoryBytes()),
                Security.ofContainer(
                        pod, container, prepared.target(), prepared.users(), prepared.security()));
    }

    private static ContainerConfig.Process process(
            ContainerSpec container, List<EnvironmentVariable> environment) {
        SortedMap<String, String> variables = EnvironmentVariable.byName(environment);
        return new ContainerConfig.Process(
                expanded(container.command(), variables),
                expanded(container.args(), variables),
                Resource.text(container.tree(), "workingDir"),
                environment,
                new Terminal(
                        container.tree().path("stdin").asBoolean(false),
                        container.tree().path("stdinOnce").asBoolean(false),
                        container.tree().path("tty").asBoolean(false)));
    }

    private static List<String> expanded(List<String> words, SortedMap<String, String> variables) {
        return words.stream().map(each -> VariableExpansion.expand(each, variables)).toList();
    }

    private static SortedMap<String, String> labels(PodSpec pod, ContainerSpec container) {
        SortedMap<String, String> labels = SandboxConfigs.ownLabels(pod);
        labels.put(RuntimeLabels.CONTAINER_NAME, container.name());
        return labels;
    }

    private static SortedMap<String, String> annotations(
            PodSpec pod, ContainerSpec container, int attempt, List<Mount> mounts) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(RuntimeLabels.CONTAINER_HASH, container.hash());
        annotations.put(RuntimeLabels.RESTART_COUNT, Integer.toString(attempt));
        annotations.put(RuntimeLabels.MADE_WITH_CPU, ResourceLimits.cpuWords(container));
        annotations.put(RuntimeLabels.MADE_WITH_MEMORY, ResourceLimits.memoryWords(container));
        annotations.put(RuntimeLabels.TERMINATION_MESSAGE_PATH, container.terminationMessagePath());
        annotations.put(
                RuntimeLabels.TERMINATION_MESSAGE_POLICY,
                container.fallsBackToLogs() ? "FallbackToLogsOnError" : "File");
        annotations.put(RuntimeLabels.POD_GRACE_SECONDS, Long.toString(pod.grace().toSeconds()));
        String readOnly =
                mounts.stream()
                        .filter(each -> each.access() == Access.RECURSIVELY_READ_ONLY)
                        .map(Mount::containerPath)
                        .collect(Collectors.joining(RuntimeLabels.BETWEEN_PATHS));
        if (!readOnly.isEmpty()) {
            annotations.put(RuntimeLabels.RECURSIVELY_READ_ONLY, readOnly);
        }
        return annotations;
    }
}
