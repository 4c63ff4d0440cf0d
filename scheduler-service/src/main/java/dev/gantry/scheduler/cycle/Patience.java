package dev.gantry.scheduler.cycle;

import java.time.Duration;
import java.time.Instant;

/** How long a pod waits that has its node, until others have done their part. */
record Patience(Instant since, Instant now) {
    /** Compat: bindTimeoutSeconds of VolumeBindingArgs, bindingTimeout of DynamicResourcesArgs. */
    private static final Duration MOST = Duration.ofMinutes(10);

    boolean isOver() {
        return !since.plus(MOST).isAfter(now);
    }

    /** Of somebody who has waited since then, if that is earlier. */
    Patience from(Instant other) {
        return other.isBefore(since) ? new Patience(other, now) : this;
    }
}
