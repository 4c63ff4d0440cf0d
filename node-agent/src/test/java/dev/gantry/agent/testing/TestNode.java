package dev.gantry.agent.testing;

import dev.gantry.agent.container.NodeSecurity;
import dev.gantry.agent.edge.ClusterEdge;
import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.node.SubordinateIds;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.sandbox.DnsConfig;
import dev.gantry.agent.runtime.security.SecurityProfile;
import dev.gantry.agent.shell.probe.Prober;
import dev.gantry.agent.shell.volume.ImageMounts;
import dev.gantry.agent.shell.volume.PodStorage;
import dev.gantry.agent.shell.worker.EventWatch;
import dev.gantry.agent.shell.worker.NodeParts;
import dev.gantry.agent.shell.worker.PodWorkers;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.client.shell.image.DebianImages;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The pods' half of an agent on a runtime, between the edges of a {@link FakeCluster}. */
public final class TestNode implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    /** So few processes that a test can run into the limit. */
    public static final int MAX_PROCESSES = 64;

    private static final NodeSecurity SECURITY =
            new NodeSecurity(
                    SecurityProfile.RUNTIME_DEFAULT,
                    "/none/seccomp",
                    false,
                    List.of(),
                    MAX_PROCESSES);

    private final FakeCluster cluster;
    private final ContainerRuntime runtime;
    private final Path root;
    private final String cgroupRoot;
    private final Supplier<Optional<String>> networkProblem;
    private PodStorage storage;
    private Prober prober;
    private PodWorkers workers;
    private EventWatch events;
    private volatile Pressure pressure = Pressure.NONE;

    public TestNode(TestContainerd containerd) {
        this(containerd.runtime(), containerd.root().resolve("agent"), containerd.cgroupParent());
    }

    public TestNode(ContainerRuntime runtime, Path root, String cgroupRoot) {
        this(runtime, root, cgroupRoot, Optional::empty);
    }

    /**
     * @param networkProblem why pods get no network just now
     */
    public TestNode(
            ContainerRuntime runtime,
            Path root,
            String cgroupRoot,
            Supplier<Optional<String>> networkProblem) {
        this.networkProblem = networkProblem;
        this.cluster = new FakeCluster();
        this.runtime = runtime;
        this.root = root;
        this.cgroupRoot = cgroupRoot;
        open();
    }

    public FakeCluster cluster() {
        return cluster;
    }

    public PodWorkers workers() {
        return workers;
    }

    public Prober prober() {
        return prober;
    }

    public PodStorage storage() {
        return storage;
    }

    public ContainerRuntime runtime() {
        return runtime;
    }

    private RuntimeFeatures features() {
        try {
            return runtime.status().features();
        } catch (RuntimeFault away) {
            return RuntimeFeatures.NONE;
        }
    }

    /** From now on the node is short of these things. */
    public void runsShort(Pressure of) {
        pressure = of;
    }

    public void restart() {
        close();
        open();
    }

    @Override
    public void close() {
        events.close();
        workers.close();
    }

    /** Runs a pod whose spec is the given JSON, with IMAGE for the image of busybox. */
    public Resource run(String name, String spec) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", "v1").put("kind", "Pod");
        tree.putObject("metadata")
                .put("name", name)
                .put("namespace", "default")
                .put("uid", UUID.randomUUID().toString())
                .put("resourceVersion", "1");
        tree.set("spec", JsonMapper.shared().readTree(spec.replace("IMAGE", DebianImages.BUSYBOX)));
        var pod = new Resource(tree);
        update(pod);
        return pod;
    }

    public void update(Resource pod) {
        cluster.put(pod, "pods");
        workers.onPod(pod);
    }

    public Resource delete(Resource pod, int graceSeconds) {
        Resource dying = pod.copy();
        dying.mutableMetadata()
                .put("deletionTimestamp", CLOCK.instant().toString())
                .put("deletionGracePeriodSeconds", graceSeconds)
                .put("resourceVersion", pod.revision().next().toString());
        update(dying);
        return dying;
    }

    /** The pod asks for other resources for its first container. */
    public Resource resize(Resource pod, String resources) {
        Resource asking = pod.copy();
        asking.mutableMetadata()
                .put("generation", pod.generation() + 1)
                .put("resourceVersion", pod.revision().next().toString());
        ((ObjectNode) asking.tree().path("spec").path("containers").path(0))
                .set("resources", JsonMapper.shared().readTree(resources));
        update(asking);
        return asking;
    }

    public JsonNode status(String pod) {
        return cluster.lastReport(pod)
                .<JsonNode>map(each -> each.status())
                .orElseGet(() -> JsonMapper.shared().createObjectNode());
    }

    public JsonNode container(String pod) {
        return status(pod).path("containerStatuses").path(0);
    }

    /** Starts the agent's half again after {@link #close}. */
    public void open() {
        var facts =
                new NodeFacts(
                        "node-1",
                        List.of("10.89.0.2"),
                        List.of("10.96.0.10"),
                        "cluster.local",
                        new TreeMap<>(
                                Map.of(
                                        "cpu",
                                        Quantity.ofMilli(2000),
                                        "memory",
                                        Quantity.ofBytes(1L << 30))));
        storage =
                PodStorage.below(
                        root,
                        cluster,
                        new ImageMounts(root.resolveSibling("containerd.sock")),
                        SubordinateIds.DEFAULT,
                        CLOCK);
        prober = new Prober(runtime);
        workers =
                new PodWorkers(
                        new NodeParts(
                                runtime,
                                new ClusterEdge(cluster, cluster, cluster),
                                storage,
                                prober,
                                new NodeParts.Host(
                                        facts,
                                        networkProblem,
                                        this::features,
                                        () -> pressure,
                                        new DnsConfig(List.of(), List.of(), List.of()),
                                        1L << 30,
                                        cgroupRoot,
                                        SECURITY),
                                CLOCK));
        workers.start();
        events = new EventWatch(runtime, workers).start();
        cluster.podsOfNode().forEach(workers::onPod);
    }
}
