package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.PodAction;
import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import java.time.Duration;
import java.util.List;

/** Ends one container: preStop hook, stop signal, and the kill at the deadline. */
final class ContainerStopper {
    /** Compat: {@code minimumGracePeriodInSeconds}: even a hook that used it all up leaves this. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final NodeParts parts;
    private final Hooks hooks;

    ContainerStopper(NodeParts parts) {
        this.parts = parts;
        this.hooks = new Hooks(parts.prober());
    }

    /**
     * @param runsHook false where another thread is at it already, and only patience ran out
     */
    void stop(PodSpec pod, PodAction.Stop wanted, List<String> podIps, boolean runsHook) {
        ContainerSpec spec = wanted.container();
        Duration left = left(wanted);
        boolean isHurried = left.isZero();
        if (runsHook) {
            parts.record(PodEvent.normal(pod, spec, "Killing", wanted.message()));
        }
        if (runsHook && !isHurried && spec.hook("preStop").isObject()) {
            runPreStop(pod, wanted, podIps, left);
            left = left(wanted);
        }
        Duration grace = isHurried || left.compareTo(LEAST) > 0 ? left : LEAST;
        parts.runtime().stopContainer(wanted.id(), grace);
    }

    private void runPreStop(
            PodSpec pod, PodAction.Stop wanted, List<String> podIps, Duration limit) {
        ContainerSpec spec = wanted.container();
        String ip = podIps.isEmpty() ? "" : podIps.getFirst();
        ProbeOutcome outcome =
                hooks.run(spec.hook("preStop"), new Target(spec, wanted.id(), ip), limit);
        if (!outcome.isGood()) {
            parts.record(PodEvent.warning(pod, spec, "FailedPreStopHook", "PreStopHook failed"));
        }
    }

    private Duration left(PodAction.Stop wanted) {
        Duration left = Duration.between(parts.clock().instant(), wanted.deadline());
        // A deadline is made from whole seconds a moment ago: rounding up gives them back.
        return left.isNegative()
                ? Duration.ZERO
                : Duration.ofSeconds(left.plusMillis(999).toSeconds());
    }
}
