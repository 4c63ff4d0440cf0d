package dev.gantry.agent.shell.worker;

import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.shell.probe.Prober;
import dev.gantry.agent.shell.probe.Prober.Target;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Runs a container's postStart and preStop hooks: a command, a request, a sleep. */
final class Hooks {
    private final Prober prober;

    Hooks(Prober prober) {
        this.prober = prober;
    }

    ProbeOutcome run(JsonNode hook, Target target, Duration limit) {
        JsonNode sleep = hook.path("sleep");
        if (!sleep.isObject()) {
            return prober.run(hook, target, limit);
        }
        Duration wished = Duration.ofSeconds(sleep.path("seconds").asLong(0));
        Duration time = wished.compareTo(limit) < 0 ? wished : limit;
        try {
            // Never counted down: the wait ends with the time, or with the agent.
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            return new ProbeOutcome(true, "");
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return new ProbeOutcome(false, "interrupted");
        }
    }
}
