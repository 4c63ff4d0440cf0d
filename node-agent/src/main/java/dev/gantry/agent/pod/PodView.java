package dev.gantry.agent.pod;

import dev.gantry.agent.probe.ProbeVerdict;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision about one pod may see.
 *
 * @param isKnown false once the API has the pod no more
 * @param sandboxes newest first
 * @param containers newest first
 * @param networkProblem why pods of this node get no network of their own just now
 */
public record PodView(
        PodSpec pod,
        boolean isKnown,
        List<PodSandbox> sandboxes,
        List<SeenContainer> containers,
        Optional<String> networkProblem,
        PodMemory memory) {
    private static final Duration GRACE_OF_EVICTED = Duration.ofSeconds(1);

    public PodView remembering(PodMemory other) {
        return new PodView(pod, isKnown, sandboxes, containers, networkProblem, other);
    }

    public Optional<PodSandbox> sandbox() {
        return sandboxes.stream().findFirst();
    }

    public Optional<PodSandbox> readySandbox() {
        return sandbox().filter(PodSandbox::isReady);
    }

    /** The latest try of a container, in whatever sandbox. */
    public Optional<SeenContainer> newest(String name) {
        return containers.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The try before the latest one. */
    public Optional<SeenContainer> previous(String name) {
        return containers.stream().filter(each -> each.name().equals(name)).skip(1).findFirst();
    }

    /** The latest try in the newest sandbox: what ran in an older one must run again. */
    public Optional<SeenContainer> current(String name) {
        return newest(name).filter(each -> each.sandboxId().equals(sandboxId()));
    }

    public boolean isRunning(String name) {
        return current(name).map(SeenContainer::isRunning).orElse(false);
    }

    /** What its probes say; a container that has some but was not asked yet is not ready. */
    public ProbeVerdict verdict(ContainerSpec spec, SeenContainer container) {
        ProbeVerdict known = memory.containers().probes().get(container.id());
        if (known != null) {
            return known;
        }
        return new ProbeVerdict(
                !spec.hasProbe("startupProbe"), !spec.hasProbe("readinessProbe"), Optional.empty());
    }

    /** Whether a container that ended is to be started again. */
    public boolean comesBack(ContainerSpec spec, SeenContainer ended) {
        return isRestarted(ended) || pod.restarts(spec, ended.status().exitCode()) || restartsAll();
    }

    /** Whether it was stopped only to be started again, and so did not crash. */
    public boolean isRestarted(SeenContainer ended) {
        return ended.wasReset() || memory.containers().restarting().contains(ended.id());
    }

    /** Whether all containers are to start again, since one ended by a rule that says so. */
    public boolean restartsAll() {
        return containers.stream().anyMatch(this::asksForAll);
    }

    boolean asksForAll(SeenContainer container) {
        return container.hasExited()
                && !container.isLost()
                && current(container.name()).filter(container::equals).isPresent()
                && pod.container(container.name())
                        .filter(spec -> spec.restartsAllAfter(container.status().exitCode()))
                        .isPresent();
    }

    /** Whether it is being ended already, and not later than that. */
    boolean endsBy(SeenContainer container, Instant deadline) {
        Instant known = memory.containers().stopping().get(container.id());
        return known != null && !deadline.isBefore(known);
    }

    /** Running, its postStart hook done, and past its startup probe. */
    public boolean hasStarted(ContainerSpec spec) {
        return current(spec.name())
                .filter(SeenContainer::isRunning)
                .filter(_ -> !memory.containers().starting().contains(spec.name()))
                .map(each -> verdict(spec, each).hasStarted())
                .orElse(false);
    }

    /**
     * Whether a main container was made in the newest sandbox: then the init containers are over.
     */
    public boolean hasInitialized() {
        boolean mainsExist =
                pod.mains().stream().anyMatch(each -> current(each.name()).isPresent());
        return mainsExist || pod.inits().stream().allMatch(this::isInitDone);
    }

    private boolean isInitDone(ContainerSpec init) {
        if (init.role() == ContainerSpec.Role.SIDECAR) {
            return hasStarted(init);
        }
        return current(init.name())
                .filter(SeenContainer::hasExited)
                .map(each -> each.status().exitCode() == 0)
                .orElse(false);
    }

    /**
     * How long its containers may take to end.
     *
     * <p>Compat: {@code immediateEvictionGracePeriodSeconds}: a node that is short of something
     * does not wait for it.
     */
    public Duration grace() {
        boolean isEvicted =
                memory.failure().filter(why -> why.reason().equals(PodFailure.EVICTED)).isPresent();
        Duration own = pod.grace();
        return isEvicted && own.compareTo(GRACE_OF_EVICTED) > 0 ? GRACE_OF_EVICTED : own;
    }

    public boolean anythingRuns() {
        return containers.stream().anyMatch(SeenContainer::isRunning);
    }

    /** Whether the pod is to be ended, for whatever reason. */
    public boolean mustStop() {
        return !isKnown
                || pod.pod().isBeingDeleted()
                || memory.failure().isPresent()
                || isOver(Resource.text(pod.pod().status(), "phase"))
                || PodPhase.of(this).isOver();
    }

    private static boolean isOver(String phase) {
        return phase.equals("Failed") || phase.equals("Succeeded");
    }

    private String sandboxId() {
        return sandbox().map(PodSandbox::id).orElse("");
    }
}
