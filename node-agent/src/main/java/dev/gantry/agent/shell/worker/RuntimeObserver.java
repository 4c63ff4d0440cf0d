package dev.gantry.agent.shell.worker;

import dev.gantry.agent.pod.SeenContainer;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.shell.volume.PodFolders;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees what the runtime has of one pod. One worker owns it.
 *
 * <p>Cost: what cannot change any more (an exited container, a ready sandbox's addresses) is asked
 * for once, so that a look is two listings and one status for each running container.
 */
final class RuntimeObserver {
    private static final Comparator<SeenContainer> NEWEST_FIRST =
            Comparator.comparing((SeenContainer each) -> each.status().createdAt()).reversed();

    private final ContainerRuntime runtime;
    private final PodFolders folders;
    private final Map<String, PodSandbox> addressed = new HashMap<>();
    private final Map<String, SeenContainer> ended = new HashMap<>();

    RuntimeObserver(ContainerRuntime runtime, PodFolders folders) {
        this.runtime = runtime;
        this.folders = folders;
    }

    List<PodSandbox> sandboxes(PodSpec pod) {
        List<PodSandbox> listed = runtime.sandboxesOf(pod.uid().value());
        addressed
                .keySet()
                .retainAll(listed.stream().map(PodSandbox::id).collect(Collectors.toSet()));
        return listed.stream().map(each -> each.isReady() ? withAddresses(each) : each).toList();
    }

    List<SeenContainer> containers(PodSpec pod) {
        List<ContainerEntry> entries = runtime.containersOf(pod.uid().value());
        Set<String> ids = entries.stream().map(ContainerEntry::id).collect(Collectors.toSet());
        ended.keySet().retainAll(ids);
        List<SeenContainer> found = new ArrayList<>();
        for (ContainerEntry each : entries) {
            seen(pod, each).ifPresent(found::add);
        }
        found.sort(NEWEST_FIRST);
        return found;
    }

    private PodSandbox withAddresses(PodSandbox listed) {
        PodSandbox known = addressed.get(listed.id());
        if (known != null) {
            return known;
        }
        Optional<PodSandbox> whole = runtime.sandbox(listed.id());
        whole.filter(PodSandbox::isReady).ifPresent(each -> addressed.put(each.id(), each));
        return whole.orElse(listed);
    }

    private Optional<SeenContainer> seen(PodSpec pod, ContainerEntry entry) {
        SeenContainer known = ended.get(entry.id());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ContainerStatus> status = runtime.container(entry.id());
        if (status.isEmpty()) {
            return Optional.empty();
        }
        var seen = new SeenContainer(status.get(), entry.sandboxId());
        if (status.get().state() != ContainerState.EXITED) {
            return Optional.of(seen);
        }
        var whole = new SeenContainer(withTerminationMessage(pod, seen), entry.sandboxId());
        ended.put(entry.id(), whole);
        return Optional.of(whole);
    }

    private ContainerStatus withTerminationMessage(PodSpec pod, SeenContainer seen) {
        ContainerStatus status = seen.status();
        Optional<ContainerSpec> spec = pod.container(seen.name());
        if (spec.isEmpty()) {
            return status;
        }
        String words =
                TerminationMessage.fromFile(
                        folders.terminationLog(pod, spec.get(), seen.restartCount()));
        boolean mayUseLog =
                "FallbackToLogsOnError"
                        .equals(status.annotations().get(RuntimeLabels.TERMINATION_MESSAGE_POLICY));
        if (words.isEmpty() && mayUseLog && status.exitCode() != 0) {
            words = TerminationMessage.fromLog(Path.of(status.logPath()));
        }
        return words.isEmpty() ? status : status.withMessage(words);
    }
}
