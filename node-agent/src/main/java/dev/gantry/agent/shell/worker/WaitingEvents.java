package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.PodAction;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.pod.StartProblem;
import dev.gantry.agent.spec.ContainerSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The events of what a pod waits for, each once however often the pod is looked at meanwhile. */
final class WaitingEvents {
    private final NodeParts parts;
    private final WorkerMemory memory;

    /** What was told last, by what it is about. */
    private final Map<String, String> recorded = new HashMap<>();

    WaitingEvents(NodeParts parts, WorkerMemory memory) {
        this.parts = parts;
        this.memory = memory;
    }

    void networkNotReady(PodView view, PodAction.AwaitNetwork await) {
        if (isNews("network", await.problem())) {
            String message = "network is not ready: " + await.problem();
            parts.record(PodEvent.warning(view.pod(), "NetworkNotReady", message));
        }
    }

    void crashLoopBackOff(PodView view, PodAction.CrashLoopBackOff wait) {
        if (isNews("crash of " + wait.container().name(), wait.ended().id())) {
            String message =
                    "Back-off restarting failed container %s in pod %s_%s(%s)"
                            .formatted(
                                    wait.container().name(),
                                    view.pod().name(),
                                    view.pod().namespace(),
                                    view.pod().uid());
            parts.record(PodEvent.warning(view.pod(), wait.container(), "BackOff", message));
        }
    }

    /** Compat: a failed pull is recorded again when its back-off shows. */
    void pullBackOffs(PodView view, Instant now) {
        for (ContainerSpec each : view.pod().containers()) {
            StartProblem problem = memory.problem(each.name());
            if (problem != null
                    && problem.showsBackOff(now)
                    && isNews("pull for " + each.name(), problem.since().toString())) {
                String back = "Back-off pulling image \"%s\"".formatted(each.image());
                parts.record(PodEvent.normal(view.pod(), each, "BackOff", back));
                String error = "Error: ImagePullBackOff";
                parts.record(PodEvent.warning(view.pod(), each, "Failed", error));
            }
        }
    }

    private boolean isNews(String subject, String now) {
        return !now.equals(recorded.put(subject, now));
    }
}
