package dev.gantry.agent.shell.node;

import dev.gantry.agent.eviction.EvictionPolicy;
import dev.gantry.agent.eviction.ImageCollection;
import dev.gantry.agent.eviction.LocalStorageLimits.Use;
import dev.gantry.agent.eviction.Measurements;
import dev.gantry.agent.eviction.Measurements.Amount;
import dev.gantry.agent.eviction.Measurements.ContainerUsage;
import dev.gantry.agent.eviction.Measurements.PodUsage;
import dev.gantry.agent.eviction.Measurements.Storage;
import dev.gantry.agent.eviction.Measurements.Store;
import dev.gantry.agent.eviction.PressureAdmission;
import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.shell.command.CommandFault;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.agent.shell.log.FailureLog;
import dev.gantry.agent.shell.volume.PodFolders;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.spec.WantedImage;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the node, and does what the eviction policy and the image collection say. */
public final class PressureWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PressureWatch.class);
    private static final Duration ROUND = Duration.ofSeconds(10);

    private static final Set<String> OVER = Set.of("Failed", "Succeeded");

    private static final String MEMORY = "memory";
    private static final String DISK = "ephemeral-storage";

    private final ContainerRuntime runtime;
    private final Pods pods;
    private final CurrentPressure pressure;
    private final Disks disks;
    private final LocalStorageUse use;
    private final InstantSource clock;
    private final SortedMap<String, Instant> firstSeen = new TreeMap<>();
    private final SortedMap<String, Instant> lastUse = new TreeMap<>();
    private final FailureLog failures = new FailureLog(LOG, "measuring what the node has left");
    private final Loop loop = new Loop("pressure", this::run);

    /**
     * The pods of this node.
     *
     * @param evict fails one of them
     * @param collect removes what a pod left that has ended; returns whether there was something
     */
    public record Pods(
            PodDirectory all, BiConsumer<Uid, PodFailure> evict, Predicate<Uid> collect) {}

    /**
     * What pods and images are stored on.
     *
     * @param folder of the agent
     */
    record NodeStorage(Path folder, Disks disks) {}

    /** How the disks are just now. */
    @FunctionalInterface
    interface Disks {
        NodeDisks measured() throws IOException;
    }

    /**
     * @param pressure where others learn of what is found
     * @param storage a folder on the file system that images and volumes use
     */
    public PressureWatch(
            ContainerRuntime runtime,
            Pods pods,
            CurrentPressure pressure,
            Path storage,
            InstantSource clock) {
        this(
                runtime,
                pods,
                pressure,
                new NodeStorage(storage, () -> NodeDisks.measured(storage, runtime)),
                clock);
    }

    PressureWatch(
            ContainerRuntime runtime,
            Pods pods,
            CurrentPressure pressure,
            NodeStorage storage,
            InstantSource clock) {
        this.runtime = runtime;
        this.pods = pods;
        this.pressure = pressure;
        this.disks = storage.disks();
        this.use = new LocalStorageUse(new PodFolders(storage.folder()), new Commands(List.of()));
        this.clock = clock;
    }

    public PressureWatch start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        while (loop.pause(ROUND)) {
            try {
                look();
                failures.worked();
            } catch (RuntimeFault | CommandFault | IOException later) {
                failures.failed(later);
            }
        }
    }

    void look() throws IOException {
        Instant now = clock.instant();
        List<ContainerStats> stats = runtime.containerStats();
        Measurements measured = measured(stats);
        pressure.become(EvictionPolicy.pressures(pressure.last(), measured, now));
        int removed = collectContainers(measured) + collectImages(measured, now);
        EvictionPolicy.victim(measured, removed)
                .ifPresent(
                        each -> {
                            evict(new Uid(each.uid()), each.message());
                            pressure.evicted(each.signal());
                        });
        use.excesses(running().map(PodSpec::new).toList(), stats).forEach(this::evict);
    }

    private void evict(Uid pod, String message) {
        pods.evict().accept(pod, new PodFailure(PodFailure.EVICTED, message));
    }

    private Stream<Resource> running() {
        return pods.all().pods().stream()
                .filter(each -> phase(each).equals("Running"))
                .filter(each -> !each.isBeingDeleted());
    }

    private static String phase(Resource pod) {
        return Resource.text(pod.status(), "phase");
    }

    /** Cost: what all pods have on the disk is only asked for while that is short. */
    private Measurements measured(List<ContainerStats> stats) throws IOException {
        var memory = new Store(MachineReading.totalMemory(), MachineReading.availableMemory());
        NodeDisks disks = this.disks.measured();
        List<PodSpec> pods = running().map(PodSpec::new).toList();
        var rough =
                new Measurements(
                        memory, disks.own(), disks.ofImages(), usages(pods, stats, Map.of()));
        return EvictionPolicy.isShortOfDisk(rough)
                ? new Measurements(
                        memory,
                        disks.own(),
                        disks.ofImages(),
                        usages(pods, stats, use.uses(pods, List.of())))
                : rough;
    }

    /**
     * @param local volumes and logs
     */
    private static List<PodUsage> usages(
            List<PodSpec> pods, List<ContainerStats> stats, Map<Uid, Use> local) {
        Map<String, List<ContainerStats>> byPod =
                stats.stream().collect(Collectors.groupingBy(ContainerStats::podUid));
        return pods.stream()
                .map(
                        pod ->
                                usage(
                                        pod,
                                        byPod.getOrDefault(pod.uid().value(), List.of()),
                                        local.getOrDefault(pod.uid(), Use.NONE)))
                .toList();
    }

    private static PodUsage usage(PodSpec pod, List<ContainerStats> stats, Use local) {
        SortedMap<String, Quantity> requests = PodResources.requests(pod.spec());
        List<ContainerUsage> containers = new ArrayList<>();
        for (ContainerStats each : stats) {
            long logs = local.containers().getOrDefault(each.name(), 0L);
            pod.container(each.name())
                    .map(spec -> PodResources.amounts(spec.resources().path("requests")))
                    .ifPresent(asked -> containers.add(usage(each, logs, asked)));
        }
        long memory = stats.stream().mapToLong(ContainerStats::memoryWorkingSetBytes).sum();
        long written = stats.stream().mapToLong(ContainerStats::writableLayerBytes).sum();
        return new PodUsage(
                pod.uid().value(),
                pod.spec().path("priority").asInt(0),
                PressureAdmission.isCritical(pod),
                amount(requests, MEMORY, memory),
                new Storage(requests.getOrDefault(DISK, Quantity.ZERO), local.total(), written),
                containers);
    }

    private static ContainerUsage usage(
            ContainerStats stats, long logs, SortedMap<String, Quantity> requests) {
        return new ContainerUsage(
                stats.name(),
                amount(requests, MEMORY, stats.memoryWorkingSetBytes()),
                amount(requests, DISK, stats.writableLayerBytes() + logs));
    }

    private static Amount amount(
            SortedMap<String, Quantity> requests, String resource, long usedBytes) {
        return new Amount(requests.getOrDefault(resource, Quantity.ZERO), usedBytes);
    }

    /**
     * Compat: those of pods that have ended, with their logs. Returns from how many pods. Their
     * images are free at the next look.
     */
    private int collectContainers(Measurements measured) {
        if (!EvictionPolicy.isShortOfImageDisk(measured)) {
            return 0;
        }
        Set<Uid> withContainers =
                runtime.containers().stream()
                        .map(each -> new Uid(each.podUid()))
                        .collect(Collectors.toSet());
        List<Resource> collected =
                pods.all().pods().stream()
                        .filter(each -> OVER.contains(phase(each)))
                        .filter(each -> withContainers.contains(each.uid()))
                        .filter(each -> pods.collect().test(each.uid()))
                        .toList();
        collected.forEach(
                each ->
                        LOG.info(
                                "containers of {}/{} are removed: it has ended, and the disk is full",
                                each.namespace(),
                                each.name()));
        return collected.size();
    }

    /** Returns how many were removed. */
    private int collectImages(Measurements measured, Instant now) {
        List<Image> images = runtime.images();
        Set<String> inUse =
                runtime.containers().stream()
                        .map(ContainerEntry::imageRef)
                        .collect(Collectors.toCollection(HashSet::new));
        inUse.addAll(mountedImages());
        Set<String> ids = images.stream().map(Image::id).collect(Collectors.toSet());
        for (SortedMap<String, Instant> times : List.of(firstSeen, lastUse)) {
            times.keySet().retainAll(ids);
            // The clock may have been set back since.
            times.replaceAll((_, when) -> when.isAfter(now) ? now : when);
        }
        for (Image each : images) {
            firstSeen.putIfAbsent(each.id(), now);
            if (inUse.contains(each.id())) {
                lastUse.put(each.id(), now);
            } else {
                lastUse.putIfAbsent(each.id(), now);
            }
        }
        var present = new ImageCollection.NodeImages(images, inUse, firstSeen, lastUse);
        List<Image> toRemove = ImageCollection.toRemove(present, measured.diskOfImages(), now);
        int removed = 0;
        for (Image each : toRemove) {
            removed += remove(each) ? 1 : 0;
        }
        return removed;
    }

    /** Ids of the images that pods show as volumes. */
    private Set<String> mountedImages() {
        return pods.all().pods().stream()
                .flatMap(pod -> VolumeSpec.of(pod.spec()).stream())
                .filter(volume -> volume.type() == VolumeSpec.Type.IMAGE)
                .map(volume -> WantedImage.ofVolume(volume.source()).name())
                .distinct()
                .flatMap(name -> runtime.image(name).stream())
                .map(Image::id)
                .collect(Collectors.toSet());
    }

    private boolean remove(Image image) {
        try {
            runtime.removeImage(image.id());
            LOG.info("image {} is removed: the disk is full", image.tags());
            return true;
        } catch (RuntimeFault fault) {
            LOG.warn("image {} stays: {}", image.tags(), fault.said());
            return false;
        }
    }
}
