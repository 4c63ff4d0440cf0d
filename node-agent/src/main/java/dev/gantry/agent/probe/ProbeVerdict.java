package dev.gantry.agent.probe;

import java.util.Optional;

/**
 * What all probes of one container say together.
 *
 * @param hasStarted true where there is no startup probe
 * @param isReady what the readiness probe says; true where there is none
 * @param failed the kind of probe for which the container must be restarted
 */
public record ProbeVerdict(boolean hasStarted, boolean isReady, Optional<ProbeKind> failed) {
    public static final ProbeVerdict UNPROBED = new ProbeVerdict(true, true, Optional.empty());
}
