package dev.gantry.agent.shell;

import dev.gantry.agent.container.NodeSecurity;
import dev.gantry.agent.container.ResolverFile;
import dev.gantry.agent.node.Capacity;
import dev.gantry.agent.node.Machine;
import dev.gantry.agent.node.NodeTree;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.sandbox.DnsConfig;
import dev.gantry.agent.runtime.security.SecurityProfile;
import dev.gantry.agent.shell.api.ApiEvents;
import dev.gantry.agent.shell.api.ApiObjects;
import dev.gantry.agent.shell.api.ClusterWatch;
import dev.gantry.agent.shell.api.NodeRegistration;
import dev.gantry.agent.shell.api.PodSource;
import dev.gantry.agent.shell.api.ReferenceRounds;
import dev.gantry.agent.shell.cri.CriChannel;
import dev.gantry.agent.shell.cri.CriRuntime;
import dev.gantry.agent.shell.kafka.AssignmentFeed;
import dev.gantry.agent.shell.kafka.NodeReports;
import dev.gantry.agent.shell.node.MachineReading;
import dev.gantry.agent.shell.node.PressureWatch;
import dev.gantry.agent.shell.node.NodeHeartbeat;
import dev.gantry.agent.shell.node.Readiness;
import dev.gantry.agent.shell.node.UsageMeter;
import dev.gantry.agent.shell.probe.Prober;
import dev.gantry.agent.shell.volume.ContainerMounts;
import dev.gantry.agent.shell.volume.PodFolders;
import dev.gantry.agent.shell.volume.PodVolumes;
import dev.gantry.agent.shell.worker.EventWatch;
import dev.gantry.agent.shell.worker.NodeParts;
import dev.gantry.agent.shell.worker.PodWorkers;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.model.kind.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the agent is put together: constructor calls, nothing else. */
@Configuration(proxyBeanMethods = false)
public class Wiring {
    private static final String CLUSTER_DOMAIN = "cluster.local";
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    NodeSettings nodeSettings(SettingSource given) {
        return NodeSettings.from(given);
    }

    @Bean
    KafkaSettings kafkaSettings(SettingSource given) {
        return given.kafka();
    }

    @Bean
    ClusterApi clusterApi(NodeSettings settings) throws IOException {
        return ClusterApi.fromKubeconfig(settings.kubeconfig(), "kubelet");
    }

    @Bean
    CriChannel criChannel(NodeSettings settings) {
        return new CriChannel(settings.containerdSocket());
    }

    @Bean
    ContainerRuntime containerRuntime(CriChannel channel) {
        return new CriRuntime(channel);
    }

    @Bean
    ObjectCache clusterCache() {
        return new ObjectCache();
    }

    @Bean
    NodeReports nodeReports(KafkaSettings kafka) {
        return new NodeReports(kafka);
    }

    @Bean
    EventRecorder eventRecorder(NodeSettings settings, ClusterApi api) {
        return new EventRecorder(settings.name(), api);
    }

    @Bean
    ApiObjects apiObjects(NodeSettings settings, ClusterApi api, ObjectCache cache) {
        return new ApiObjects(api, settings.name(), cache, CLOCK);
    }

    @Bean
    Machine machine(NodeSettings settings) throws IOException {
        return MachineReading.read(settings.root());
    }

    @Bean
    Capacity capacity(NodeSettings settings, Machine machine) {
        return Capacity.of(machine, settings.cpu(), settings.memory());
    }

    @Bean
    NodeFacts nodeFacts(NodeSettings settings, Capacity capacity) {
        return new NodeFacts(
                settings.name(),
                settings.addresses(),
                settings.clusterDns(),
                CLUSTER_DOMAIN,
                capacity.allocatable());
    }

    @Bean
    PodWorkers podWorkers(
            NodeSettings settings,
            ContainerRuntime runtime,
            ApiObjects cluster,
            NodeFacts facts,
            Edges edges)
            throws IOException {
        var folders = new PodFolders(settings.root());
        var volumes = new PodVolumes(folders, cluster, CLOCK);
        return new PodWorkers(
                new NodeParts(
                        runtime,
                        cluster,
                        edges.reports(),
                        new ApiEvents(edges.events(), settings.name()),
                        folders,
                        volumes,
                        new ContainerMounts(volumes, folders),
                        new Prober(runtime),
                        () -> facts,
                        edges.readiness()::networkProblem,
                        resolverOfNode(),
                        edges.capacity().memoryBytes(),
                        settings.cgroupRoot(),
                        security(settings),
                        CLOCK));
    }

    private static NodeSecurity security(NodeSettings settings) throws IOException {
        return new NodeSecurity(
                settings.hasSeccompDefault()
                        ? SecurityProfile.RUNTIME_DEFAULT
                        : SecurityProfile.UNCONFINED,
                settings.root().resolve("seccomp").toString(),
                MachineReading.hasAppArmor(),
                settings.podPidsLimit());
    }

    /** What goes out of the node, and what it has: bundled for those who need all of it. */
    record Edges(
            NodeReports reports, EventRecorder events, Capacity capacity, Readiness readiness) {}

    @Bean
    Edges edges(NodeReports reports, EventRecorder events, Capacity capacity, Readiness readiness) {
        return new Edges(reports, events, capacity, readiness);
    }

    @Bean
    Readiness readiness(NodeSettings settings, ContainerRuntime runtime) {
        return new Readiness(runtime, settings.cniBinDirectory(), CLOCK);
    }

    @Bean
    NetworkParts networkParts(
            NodeSettings settings,
            ContainerRuntime runtime,
            PodWorkers workers,
            ObjectCache cluster) {
        return new NetworkParts(settings, runtime, workers, cluster);
    }

    @Bean
    NodeRegistration nodeRegistration(
            NodeSettings settings,
            ClusterApi api,
            ContainerRuntime runtime,
            Machine machine,
            Capacity capacity) {
        var identity =
                new NodeTree.Identity(
                        settings.name(),
                        settings.labels(),
                        settings.addresses(),
                        settings.httpPort(),
                        machine);
        return new NodeRegistration(api, runtime, identity, capacity, CLOCK);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    NodeAgent nodeAgent(
            NetworkParts network,
            PodWorkers workers,
            NodeRegistration registration,
            Sources sources,
            Edges edges) {
        ContainerRuntime runtime = sources.runtime();
        String node = sources.node();
        var pods = new PodSource(sources.objects(), workers, node, CLOCK);
        var body = new NodeHeartbeat.Body(node, edges.capacity());
        var pressure =
                new PressureWatch(runtime, workers, workers::failPod, sources.storage(), CLOCK);
        return new NodeAgent(
                network,
                sources.watch(),
                new ReferenceRounds(sources.objects(), workers),
                edges.reports(),
                edges.events(),
                workers,
                new EventWatch(runtime, workers),
                pods,
                new AssignmentFeed(
                        sources.kafka(),
                        node,
                        pods::onAssignment,
                        () -> {
                            edges.reports().open();
                            pods.listSoon();
                        }),
                registration,
                new NodeHeartbeat(body, edges.readiness(), edges.reports(), pressure::pressure, CLOCK),
                pressure,
                new UsageMeter(node, runtime, edges.reports(), CLOCK));
    }

    /** What comes into the node. */
    record Sources(
            String node,
            Path storage,
            ContainerRuntime runtime,
            KafkaSettings kafka,
            ApiObjects objects,
            ClusterWatch watch) {}

    @Bean
    Sources sources(
            NodeSettings settings,
            ContainerRuntime runtime,
            KafkaSettings kafka,
            ApiObjects objects,
            ClusterWatch watch) {
        return new Sources(settings.name(), settings.root(), runtime, kafka, objects, watch);
    }

    @Bean
    ClusterWatch clusterWatch(ClusterApi api, ObjectCache cache) {
        var wanted = Set.of(Resources.NODES, Resources.SERVICES, Resources.ENDPOINT_SLICES);
        return new ClusterWatch(api, wanted, cache);
    }

    private static DnsConfig resolverOfNode() throws IOException {
        Path file = Path.of("/etc/resolv.conf");
        return Files.isReadable(file)
                ? ResolverFile.parse(Files.readString(file))
                : new DnsConfig(List.of(), List.of(), List.of());
    }
}
