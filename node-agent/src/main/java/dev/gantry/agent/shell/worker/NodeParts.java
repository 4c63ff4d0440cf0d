package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.NodeSecurity;
import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.edge.EventSink;
import dev.gantry.agent.edge.StatusSink;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.sandbox.DnsConfig;
import dev.gantry.agent.shell.probe.Prober;
import dev.gantry.agent.shell.volume.ContainerMounts;
import dev.gantry.agent.shell.volume.PodFolders;
import dev.gantry.agent.shell.volume.PodVolumes;
import dev.gantry.agent.spec.NodeFacts;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all workers of a node share.
 *
 * @param facts as they are now: allocatable may change
 * @param networkProblem why pods get no network just now
 * @param ofNode the node's own resolv.conf
 * @param cgroupRoot under which the cgroups of pods lie, such as {@code /kubepods}
 */
public record NodeParts(
        ContainerRuntime runtime,
        ClusterObjects cluster,
        StatusSink reports,
        EventSink events,
        PodFolders folders,
        PodVolumes volumes,
        ContainerMounts mounts,
        Prober prober,
        Supplier<NodeFacts> facts,
        Supplier<Optional<String>> networkProblem,
        DnsConfig ofNode,
        long memoryBytes,
        String cgroupRoot,
        NodeSecurity security,
        InstantSource clock) {}
