package dev.gantry.agent.shell;

import dev.gantry.agent.container.NodeSecurity;
import dev.gantry.agent.container.ResolverFile;
import dev.gantry.agent.edge.ClusterEdge;
import dev.gantry.agent.node.Capacity;
import dev.gantry.agent.node.Machine;
import dev.gantry.agent.node.NodeConditions.Pressure;
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
import dev.gantry.agent.shell.certificate.CertificateRotation;
import dev.gantry.agent.shell.cri.CriChannel;
import dev.gantry.agent.shell.cri.CriRuntime;
import dev.gantry.agent.shell.http.AgentServer;
import dev.gantry.agent.shell.http.NodeMetrics;
import dev.gantry.agent.shell.kafka.AssignmentFeed;
import dev.gantry.agent.shell.kafka.NodeReports;
import dev.gantry.agent.shell.node.CurrentPressure;
import dev.gantry.agent.shell.node.MachineReading;
import dev.gantry.agent.shell.node.NodeHeartbeat;
import dev.gantry.agent.shell.node.PressureWatch;
import dev.gantry.agent.shell.node.Readiness;
import dev.gantry.agent.shell.node.UsageMeter;
import dev.gantry.agent.shell.probe.Prober;
import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.volume.ClaimMetrics;
import dev.gantry.agent.shell.volume.ImageMounts;
import dev.gantry.agent.shell.volume.LocalVolumes;
import dev.gantry.agent.shell.volume.PodStorage;
import dev.gantry.agent.shell.worker.EventWatch;
import dev.gantry.agent.shell.worker.NodeParts;
import dev.gantry.agent.shell.worker.PodWorkers;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.client.shell.access.DelegatedAccess;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.metrics.ProcessMetrics;
import dev.gantry.client.shell.start.RunningParts;
import dev.gantry.model.kind.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * The agent as a whole, put together by hand: which parts there are, what each is made of, and in
 * which order they start.
 *
 * <p>Closing it leaves every container running.
 */
public final class Agent implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    private final NodeSettings settings;
    private final NodeCredentials credentials;
    private final ClusterApi api;
    private final ObjectCache cache = new ObjectCache();
    private final ApiObjects objects;
    private final NodeReports reports;
    private final EventRecorder events;
    private final ApiEvents podEvents;
    private final Machine machine;
    private final Capacity capacity;
    private final CriChannel channel;
    private final ContainerRuntime runtime;
    private final Readiness readiness;
    private final CurrentPressure pressure = new CurrentPressure();
    private final RunningParts running = new RunningParts();

    private Agent(NodeSettings settings, KafkaSettings kafka) throws IOException {
        this.settings = settings;
        this.credentials = NodeCredentials.of(settings, kafka);
        this.api = credentials.api();
        this.objects = new ApiObjects(api, settings.name(), cache, CLOCK);
        this.machine = MachineReading.read(settings.root());
        this.capacity = Capacity.of(machine, settings.pods().cpu(), settings.pods().memory());
        this.events = new EventRecorder(settings.name(), api);
        this.podEvents = new ApiEvents(events, settings.name());
        this.reports = new NodeReports(credentials.kafka(), podEvents::onStatusRefused);
        this.channel = new CriChannel(settings.containerdSocket());
        this.runtime = new CriRuntime(channel);
        this.readiness = new Readiness(runtime, settings.network().cniBinDirectory(), CLOCK);
    }

    /** Returns once all parts run. Where one cannot start, those that did are closed. */
    public static Agent open(NodeSettings settings, KafkaSettings kafka) throws IOException {
        var agent = new Agent(settings, kafka);
        try {
            agent.start();
            return agent;
        } catch (IOException | RuntimeException | Error failed) {
            agent.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        running.close();
    }

    private void start() throws IOException {
        NodeParts parts = nodeParts();
        var workers = new PodWorkers(parts);
        running.add(channel);
        running.start(
                new NetworkParts(settings, credentials.serving(), served(workers, parts), cache),
                NetworkParts::start);
        running.start(clusterWatch(), ClusterWatch::start);
        running.start(reports, NodeReports::start);
        running.start(events, EventRecorder::start);
        running.start(registration(), NodeRegistration::start);
        credentials.rotations().forEach(each -> running.start(each, CertificateRotation::start));
        startPods(workers);
        startSigns(workers);
    }

    private AgentServer.Sources served(PodWorkers workers, NodeParts parts) {
        var claims = new ClaimMetrics(workers, parts.storage().volumes());
        var metrics =
                new NodeMetrics(
                        List.of(
                                workers.metrics()::append,
                                channel.metrics()::append,
                                claims::append,
                                pressure::append,
                                api.metrics()::append,
                                ProcessMetrics::append),
                        parts.prober().metrics()::append,
                        settings.pods().cgroupRoot(),
                        machine);
        return new AgentServer.Sources(
                new DelegatedAccess(api, DelegatedAccess.Lifetimes.OF_KUBELET),
                workers,
                runtime,
                Dialer::tcp,
                LocalVolumes.below(settings.root()),
                metrics,
                settings.inForce());
    }

    private void startPods(PodWorkers workers) {
        running.start(workers, PodWorkers::start);
        running.start(new EventWatch(runtime, workers), EventWatch::start);
        PodSource pods =
                running.start(
                        new PodSource(objects, workers, settings.name(), CLOCK), PodSource::start);
        running.start(assignments(pods), AssignmentFeed::start);
        running.start(new ReferenceRounds(objects, workers), ReferenceRounds::start);
    }

    /** What the node says of itself all the time. */
    private void startSigns(PodWorkers workers) {
        var pods = new PressureWatch.Pods(workers, workers::failPod, workers::collect);
        var body = new NodeHeartbeat.Body(settings.name(), capacity);
        running.start(
                new NodeHeartbeat(body, readiness, reports, this::pressure, CLOCK),
                NodeHeartbeat::start);
        running.start(
                new PressureWatch(runtime, pods, pressure, settings.root(), CLOCK),
                PressureWatch::start);
        running.start(new UsageMeter(settings.name(), runtime, reports, CLOCK), UsageMeter::start);
    }

    private Pressure pressure() {
        return pressure.at(CLOCK.instant());
    }

    private ClusterWatch clusterWatch() {
        var wanted = Set.of(Resources.NODES, Resources.SERVICES, Resources.ENDPOINT_SLICES);
        return new ClusterWatch(api, wanted, settings.name(), cache);
    }

    private AssignmentFeed assignments(PodSource pods) {
        return new AssignmentFeed(
                credentials.kafka(),
                settings.name(),
                pods::onAssignment,
                new AssignmentFeed.Connection() {
                    @Override
                    public void isUp() {
                        reports.open();
                        pods.listSoon();
                    }

                    @Override
                    public void isDown() {
                        reports.shut();
                    }
                });
    }

    private NodeRegistration registration() {
        var identity =
                new NodeTree.Identity(
                        settings.name(),
                        settings.labels(),
                        settings.addresses(),
                        settings.httpPort(),
                        machine);
        return new NodeRegistration(api, runtime, identity, capacity, CLOCK);
    }

    private NodeParts nodeParts() throws IOException {
        var facts =
                new NodeFacts(
                        settings.name(),
                        settings.addresses(),
                        settings.network().clusterDns(),
                        NodeSettings.CLUSTER_DOMAIN,
                        capacity.allocatable());
        return new NodeParts(
                runtime,
                new ClusterEdge(objects, reports, podEvents),
                PodStorage.below(
                        settings.root(),
                        objects,
                        new ImageMounts(settings.containerdSocket()),
                        MachineReading.subordinateIds(),
                        CLOCK),
                new Prober(runtime),
                new NodeParts.Host(
                        facts,
                        readiness::networkProblem,
                        readiness::features,
                        this::pressure,
                        resolver(),
                        capacity.memoryBytes(),
                        settings.pods().cgroupRoot(),
                        security()),
                CLOCK);
    }

    private NodeSecurity security() throws IOException {
        return new NodeSecurity(
                settings.pods().hasSeccompDefault()
                        ? SecurityProfile.RUNTIME_DEFAULT
                        : SecurityProfile.UNCONFINED,
                settings.root().resolve("seccomp").toString(),
                MachineReading.hasAppArmor(),
                settings.pods().allowedSysctls(),
                settings.pods().maxProcesses());
    }

    private static DnsConfig resolver() throws IOException {
        Path file = NodeSettings.RESOLV_CONF;
        return Files.isReadable(file)
                ? ResolverFile.parse(Files.readString(file))
                : new DnsConfig(List.of(), List.of(), List.of());
    }
}
