package dev.gantry.agent.pod;

import dev.gantry.agent.resize.ResourceChange;
import dev.gantry.agent.spec.ContainerSpec;
import java.time.Instant;
import java.util.List;

/** One thing that the worker shall do for its pod. Each is safe to be asked for again. */
public sealed interface PodAction {
    /**
     * @param attempt zero for the pod's first sandbox
     */
    record CreateSandbox(int attempt) implements PodAction {}

    record PrepareVolumes() implements PodAction {}

    /**
     * Pulls if need be, makes, starts, and runs the postStart hook.
     *
     * @param attempt the restart count of the container to be made
     * @param target the id of the running container whose processes it shall see; empty for none
     */
    record Start(ContainerSpec container, int attempt, String target) implements PodAction {}

    /**
     * Runs the preStop hook and stops the container, all before the deadline; then kills.
     *
     * @param message why, for the event
     */
    record Stop(ContainerSpec container, String id, Instant deadline, String message)
            implements PodAction {}

    /** Stops a container, and has it started again however it ends, whatever the restart policy. */
    record Restart(Stop stop) implements PodAction {}

    /** Brings the pod's cgroup, and containers that run on, to what is allocated. */
    record Resize(List<ResourceChange> changes) implements PodAction {}

    /** All that is allocated is in force: worth an event. */
    record FinishResize() implements PodAction {}

    /** Removes a dead container and its log. */
    record RemoveContainer(SeenContainer container) implements PodAction {}

    /** Takes the network away; the sandbox itself stays for as long as its containers. */
    record StopSandbox(String id) implements PodAction {}

    record RemoveSandbox(String id) implements PodAction {}

    /** Unmounts and deletes the pod's volumes: nothing of it runs any more. */
    record ReleaseVolumes() implements PodAction {}

    /** Ends the pod as Failed. */
    record FailPod(PodFailure why) implements PodAction {}

    /** A container that ended waits before it is restarted: worth an event. */
    record CrashLoopBackOff(ContainerSpec container, SeenContainer ended) implements PodAction {}

    /** The pod waits for the node's network: worth an event. */
    record AwaitNetwork(String problem) implements PodAction {}

    /** Removes what is left of the pod on the node, and reports that it is gone. */
    record RemovePod() implements PodAction {}
}
