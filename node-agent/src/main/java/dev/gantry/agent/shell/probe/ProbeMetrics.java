package dev.gantry.agent.shell.probe;

import dev.gantry.agent.probe.ProbeKind;
import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.client.shell.metrics.Counters;

/**
 * Counts what probes brought, for as long as their pods are here.
 *
 * <p>Compat: {@code pkg/kubelet/prober/prober_manager.go}. A probe that cannot be asked has failed,
 * so the result {@code unknown} is never told.
 */
public final class ProbeMetrics {
    private static final int POD_UID = 3;

    private final Counters probes =
            new Counters(
                    "prober_probe_total",
                    "Probes of containers by what they brought.",
                    "container",
                    "namespace",
                    "pod",
                    "pod_uid",
                    "probe_type",
                    "result");

    ProbeMetrics() {}

    public void add(PodSpec pod, ContainerSpec container, ProbeKind kind, ProbeOutcome outcome) {
        probes.add(
                container.name(),
                pod.namespace(),
                pod.name(),
                pod.uid().value(),
                kind.title(),
                outcome.isGood() ? "successful" : "failed");
    }

    public void forget(PodSpec pod) {
        probes.removeIf(values -> values.get(POD_UID).equals(pod.uid().value()));
    }

    public void append(StringBuilder text) {
        probes.append(text);
    }
}
