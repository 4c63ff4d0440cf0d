package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.pod.SeenContainer;
import dev.gantry.agent.probe.ProbeKind;
import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.probe.ProbeVerdict;
import dev.gantry.agent.shell.probe.PodProbes;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Which containers of a pod are probed, and what becomes of the outcomes. */
final class ContainerProbing implements AutoCloseable {
    private final NodeParts parts;
    private final Supplier<PodSpec> pod;
    private final Runnable wake;
    private final PodProbes probes;

    ContainerProbing(NodeParts parts, Supplier<PodSpec> pod, Runnable wake) {
        this.parts = parts;
        this.pod = pod;
        this.wake = wake;
        this.probes = new PodProbes(parts.prober(), parts.clock(), new Listening());
    }

    /** By container id. */
    SortedMap<String, ProbeVerdict> verdicts() {
        return probes.verdicts();
    }

    /**
     * Probes those that run, and no others.
     *
     * @param reported what was last told of the pod: from there an agent that begins anew goes on
     */
    void keep(PodView view, JsonNode reported, String podIp) {
        List<PodProbes.Candidate> candidates = new ArrayList<>();
        for (ContainerSpec each : view.pod().containers()) {
            view.current(each.name())
                    .filter(SeenContainer::isRunning)
                    .filter(_ -> isProbed(each))
                    .ifPresent(
                            seen ->
                                    candidates.add(
                                            candidate(
                                                    view,
                                                    new Target(each, seen.id(), podIp),
                                                    seen,
                                                    statusOf(reported, seen.id()))));
        }
        probes.keep(candidates);
    }

    @Override
    public void close() {
        probes.close();
        parts.prober().metrics().forget(pod.get());
    }

    private static boolean isProbed(ContainerSpec spec) {
        for (ProbeKind kind : ProbeKind.values()) {
            if (spec.hasProbe(kind.field())) {
                return true;
            }
        }
        return false;
    }

    private static PodProbes.Candidate candidate(
            PodView view, Target target, SeenContainer seen, JsonNode known) {
        return new PodProbes.Candidate(
                target,
                seen.status().startedAt(),
                known.path("started").asBoolean(false),
                known.path("ready").asBoolean(false),
                view.mustStop() || view.memory().containers().stopping().containsKey(seen.id()));
    }

    private static JsonNode statusOf(JsonNode status, String containerId) {
        for (String list : List.of("containerStatuses", "initContainerStatuses")) {
            for (JsonNode each : status.path(list)) {
                if (Resource.text(each, "containerID").endsWith("://" + containerId)) {
                    return each;
                }
            }
        }
        return status.path("none");
    }

    /** What the probes found, on their way to a step or an event. */
    private final class Listening implements PodProbes.Listener {
        @Override
        public void onOutcome(Target target, ProbeKind kind, ProbeOutcome outcome) {
            parts.prober().metrics().add(pod.get(), target.container(), kind, outcome);
        }

        @Override
        public void onVerdict() {
            wake.run();
        }

        /** Compat: {@code prober.go}. */
        @Override
        public void onRemarkable(Target target, ProbeKind kind, ProbeOutcome outcome) {
            String reason = outcome.isGood() ? "ProbeWarning" : "Unhealthy";
            String fate = outcome.isGood() ? " probe warning: " : " probe failed: ";
            String message = kind.title() + fate + outcome.words();
            parts.record(PodEvent.warning(pod.get(), target.container(), reason, message));
        }
    }
}
