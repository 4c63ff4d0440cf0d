package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.NodeSecurity;
import dev.gantry.agent.edge.ClusterEdge;
import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.sandbox.DnsConfig;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.shell.probe.Prober;
import dev.gantry.agent.shell.volume.PodStorage;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What all workers of a node share. */
public record NodeParts(
        ContainerRuntime runtime,
        ClusterEdge cluster,
        PodStorage storage,
        Prober prober,
        Host node,
        InstantSource clock) {
    /** Tells people of something that happened to a pod. */
    void record(PodEvent event) {
        cluster.events().record(event);
    }

    /** The addresses of a pod; none while it has no sandbox that could have some. */
    List<String> ips(PodSpec pod, Optional<PodSandbox> sandbox) {
        return pod.isOnHostNetwork()
                ? node.facts().ips()
                : sandbox.map(PodSandbox::ips).orElse(List.of());
    }

    /**
     * The node that the pods run on.
     *
     * @param networkProblem why pods get no network just now
     * @param features what the runtime says that it can do
     * @param pressure what the node is short of just now
     * @param resolver the node's own resolv.conf
     * @param cgroupRoot under which the cgroups of pods lie, such as {@code /kubepods}
     */
    public record Host(
            NodeFacts facts,
            Supplier<Optional<String>> networkProblem,
            Supplier<RuntimeFeatures> features,
            Supplier<Pressure> pressure,
            DnsConfig resolver,
            long memoryBytes,
            String cgroupRoot,
            NodeSecurity security) {}
}
