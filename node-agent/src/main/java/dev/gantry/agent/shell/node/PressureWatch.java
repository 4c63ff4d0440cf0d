package dev.gantry.agent.shell.node;

import dev.gantry.agent.eviction.EvictionPolicy;
import dev.gantry.agent.eviction.EvictionPolicy.Pressures;
import dev.gantry.agent.eviction.ImageCollection;
import dev.gantry.agent.eviction.Measurements;
import dev.gantry.agent.eviction.Measurements.PodUsage;
import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.shell.command.Commands;
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
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the node, and does what the eviction policy and the image collection say. */
public final class PressureWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PressureWatch.class);
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int SYSTEM_CRITICAL = 2_000_000_000;

    private final ContainerRuntime runtime;
    private final PodDirectory pods;
    private final BiConsumer<Uid, PodFailure> evict;
    private final Path storage;
    private final LocalStorageUse use;
    private final InstantSource clock;
    private final SortedMap<String, Instant> lastUse = new TreeMap<>();
    private final Loop loop = new Loop("pressure", this::run);
    private volatile Pressures pressures = Pressures.NONE;

    /**
     * @param storage a folder on the file system that images and volumes use
     */
    public PressureWatch(
            ContainerRuntime runtime,
            PodDirectory pods,
            BiConsumer<Uid, PodFailure> evict,
            Path storage,
            InstantSource clock) {
        this.runtime = runtime;
        this.pods = pods;
        this.evict = evict;
        this.storage = storage;
        this.use = new LocalStorageUse(new PodFolders(storage), new Commands(List.of()));
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

    public Pressure pressure() {
        Instant now = clock.instant();
        return new Pressure(pressures.isOnMemory(now), pressures.isOnDisk(now), false);
    }

    private void run() throws InterruptedException, IOException {
        while (loop.pause(ROUND)) {
            Instant now = clock.instant();
            List<ContainerStats> stats = runtime.containerStats();
            Measurements measured = measured(stats);
            pressures = EvictionPolicy.pressures(pressures, measured, now);
            collectImages(measured, now);
            EvictionPolicy.victim(measured)
                    .ifPresent(each -> evict(new Uid(each.uid()), each.message()));
            use.excesses(running().map(PodSpec::new).toList(), stats).forEach(this::evict);
        }
    }

    private void evict(Uid pod, String message) {
        evict.accept(pod, new PodFailure(PodFailure.EVICTED, message));
    }

    private Stream<Resource> running() {
        return pods.pods().stream()
                .filter(each -> Resource.text(each.status(), "phase").equals("Running"))
                .filter(each -> !each.isBeingDeleted());
    }

    private Measurements measured(List<ContainerStats> stats) throws IOException {
        FileStore store = Files.getFileStore(storage);
        return new Measurements(
                MachineReading.totalMemory(),
                MachineReading.availableMemory(),
                store.getTotalSpace(),
                store.getUsableSpace(),
                usages(stats));
    }

    private List<PodUsage> usages(List<ContainerStats> stats) {
        Map<String, Long> memory = new HashMap<>();
        Map<String, Long> disk = new HashMap<>();
        for (ContainerStats each : stats) {
            String uid = each.labels().getOrDefault(RuntimeLabels.POD_UID, "");
            memory.merge(uid, each.memoryWorkingSetBytes(), Long::sum);
            disk.merge(uid, each.writableLayerBytes(), Long::sum);
        }
        List<PodUsage> found = new ArrayList<>();
        for (Resource pod : running().toList()) {
            String uid = pod.uid().value();
            int priority = pod.spec().path("priority").asInt(0);
            found.add(
                    new PodUsage(
                            uid,
                            pod.name(),
                            priority,
                            memory.getOrDefault(uid, 0L),
                            PodResources.requests(pod.spec())
                                    .getOrDefault("memory", Quantity.ZERO)
                                    .toLong(),
                            disk.getOrDefault(uid, 0L),
                            priority >= SYSTEM_CRITICAL));
        }
        return found;
    }

    private void collectImages(Measurements measured, Instant now) {
        List<Image> images = runtime.images();
        Set<String> inUse =
                runtime.containers().stream()
                        .map(ContainerEntry::imageRef)
                        .collect(Collectors.toCollection(HashSet::new));
        inUse.addAll(mountedImages());
        lastUse.keySet().retainAll(images.stream().map(Image::id).collect(Collectors.toSet()));
        for (Image each : images) {
            if (inUse.contains(each.id())) {
                lastUse.put(each.id(), now);
            } else {
                lastUse.putIfAbsent(each.id(), now);
            }
        }
        var shelf = new ImageCollection.Shelf(images, inUse, lastUse);
        List<Image> toRemove =
                ImageCollection.toRemove(
                        shelf, measured.diskTotalBytes(), measured.diskAvailableBytes(), now);
        for (Image each : toRemove) {
            remove(each);
        }
    }

    /** Ids of the images that pods show as volumes. */
    private Set<String> mountedImages() {
        return pods.pods().stream()
                .flatMap(pod -> VolumeSpec.of(pod.spec()).stream())
                .filter(volume -> volume.type() == VolumeSpec.Type.IMAGE)
                .map(volume -> WantedImage.ofVolume(volume.source()).name())
                .distinct()
                .flatMap(name -> runtime.image(name).stream())
                .map(Image::id)
                .collect(Collectors.toSet());
    }

    private void remove(Image image) {
        try {
            runtime.removeImage(image.id());
            LOG.info("image {} is removed: the disk is full", image.tags());
        } catch (RuntimeFault fault) {
            LOG.warn("image {} stays: {}", image.tags(), fault.said());
        }
    }
}
