package dev.gantry.agent.shell.volume;

import dev.gantry.agent.device.DeviceClaims;
import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.edge.ServiceToken;
import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.NfsExport;
import dev.gantry.agent.volume.TokenProjection;
import dev.gantry.agent.volume.VolumeContent;
import dev.gantry.agent.volume.VolumeFile;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.quantity.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/** Prepares, refreshes and releases the volumes of pods. Safe to repeat; any thread may call. */
public final class PodVolumes {
    private static final int SHARED_MODE = 0777;
    private static final int GROUP_FOLDER_MODE = 02777;

    private final PodFolders folders;
    private final ClusterObjects cluster;
    private final ImageMounts images;
    private final InstantSource clock;
    private final NfsMounts servers;
    private final ClaimFolders claims;
    private final Map<TokenKey, ServiceToken> tokens = new ConcurrentHashMap<>();

    /** Pods whose volumes are here, each with what is locked while these are written. */
    private final Map<Uid, Object> present = new ConcurrentHashMap<>();

    private record TokenKey(Uid pod, TokenProjection projection) {}

    public PodVolumes(
            PodFolders folders, ClusterObjects cluster, ImageMounts images, InstantSource clock) {
        this.folders = folders;
        this.cluster = cluster;
        this.images = images;
        this.clock = clock;
        this.servers = new NfsMounts(folders);
        this.claims = new ClaimFolders(folders, cluster, servers);
    }

    /** Throws {@link VolumeFault}, with the words for an event, where a volume cannot be had. */
    public void prepare(PodSpec pod, NodeFacts node) {
        present.computeIfAbsent(pod.uid(), _ -> new Object());
        awaitDevices(pod);
        try {
            new TerminationLogs(folders).makeRoom(pod);
        } catch (IOException fault) {
            throw new VolumeFault("no room for termination logs: " + fault.getMessage(), fault);
        }
        for (VolumeSpec volume : VolumeSpec.of(pod.spec())) {
            try {
                prepare(pod, node, volume);
            } catch (EdgeFault | IOException fault) {
                throw failed(volume, String.valueOf(fault.getMessage()), fault);
            }
        }
    }

    /** A pod that the scheduler placed has its claims; one put here by hand may have to wait. */
    private void awaitDevices(PodSpec pod) {
        for (var each : DeviceClaims.of(pod).entrySet()) {
            String name = each.getValue();
            var key = new ObjectKey(Resources.RESOURCE_CLAIMS, pod.namespace(), name);
            Optional<String> obstacle;
            try {
                Optional<Resource> claim = name.isEmpty() ? Optional.empty() : cluster.get(key);
                obstacle = DeviceClaims.obstacle(pod, each.getKey(), name, claim);
            } catch (EdgeFault away) {
                obstacle = Optional.of(String.valueOf(away.getMessage()));
            }
            if (obstacle.isPresent()) {
                throw new VolumeFault(
                        "FailedPrepareDynamicResources",
                        "Failed to prepare dynamic resources: " + obstacle.get());
            }
        }
    }

    /**
     * Writes anew what the agent writes, where its sources changed; nothing of a pod whose volumes
     * were released meanwhile.
     */
    public void refresh(PodSpec pod, NodeFacts node) {
        for (VolumeSpec volume : VolumeSpec.of(pod.spec())) {
            if (!volume.type().isWritten()) {
                continue;
            }
            try {
                write(pod, node, volume);
            } catch (EdgeFault | IOException fault) {
                throw failed(volume, String.valueOf(fault.getMessage()), fault);
            }
        }
    }

    /**
     * Unmounts and deletes everything of the pod but its logs, termination messages and checkpoint.
     */
    public void release(PodSpec pod) {
        Object lock = present.remove(pod.uid());
        // Waits for a write that is under way; a later one finds no entry and writes nothing.
        synchronized (lock == null ? new Object() : lock) {
            releaseAll(pod);
        }
    }

    private void releaseAll(PodSpec pod) {
        try {
            Mounts.unmountAllBelow(folders.subPaths(pod));
            for (VolumeSpec volume : VolumeSpec.of(pod.spec())) {
                if (volume.type() == VolumeSpec.Type.IMAGE) {
                    images.release(path(pod, volume));
                }
            }
            Mounts.unmountAllBelow(folders.volumes(pod));
            FileTree.delete(folders.volumes(pod));
            FileTree.delete(folders.subPaths(pod));
            servers.releaseUnused();
            tokens.keySet().removeIf(key -> key.pod().equals(pod.uid()));
        } catch (IOException fault) {
            throw new VolumeFault("volumes of " + pod.name() + ": " + fault.getMessage(), fault);
        }
    }

    /** The folder or file behind a volume. */
    public Path path(PodSpec pod, VolumeSpec volume) {
        return switch (volume.type()) {
            case HOST_PATH -> Path.of(Resource.text(volume.source(), "path"));
            case CLAIM, EPHEMERAL, NFS -> claims.path(pod, volume);
            default -> folders.volume(pod, volume);
        };
    }

    /** Whether a folder is another machine's, which may be away. */
    boolean isOnServer(Path folder) {
        return servers.holds(folder);
    }

    private void prepare(PodSpec pod, NodeFacts node, VolumeSpec volume) throws IOException {
        switch (volume.type()) {
            case CONFIG_MAP, SECRET, DOWNWARD, PROJECTED -> write(pod, node, volume);
            case EMPTY_DIR -> makeEmpty(pod, volume);
            case HOST_PATH -> HostPathCheck.check(volume.source());
            case CLAIM, EPHEMERAL -> claims.prepare(pod, node.name(), volume);
            case NFS -> servers.mount(NfsExport.of(volume.source()), folders.volume(pod, volume));
            case IMAGE -> {
                // Pulled and mounted when a container wants it, whose status then tells of
                // failures.
            }
            case UNSUPPORTED ->
                    throw failed(volume, "this kind of volume is not supported on this node", null);
        }
    }

    private void write(PodSpec pod, NodeFacts node, VolumeSpec volume) throws IOException {
        Map<ObjectKey, Resource> sources = new HashMap<>();
        for (ObjectKey each : volume.references(pod.namespace())) {
            cluster.get(each).ifPresent(found -> sources.put(each, found));
        }
        Map<TokenProjection, String> values = new HashMap<>();
        for (TokenProjection projection : volume.tokens()) {
            values.put(projection, token(pod, projection));
        }
        var outcome = new VolumeContent(pod, node, sources, values).of(volume);
        if (outcome.problem().isPresent()) {
            throw failed(volume, outcome.problem().get(), null);
        }
        Object lock = present.get(pod.uid());
        if (lock == null) {
            return;
        }
        synchronized (lock) {
            if (present.get(pod.uid()) == lock) {
                write(pod, volume, outcome.files());
            }
        }
    }

    private void write(PodSpec pod, VolumeSpec volume, SortedMap<String, VolumeFile> files)
            throws IOException {
        Path folder = Files.createDirectories(folders.volume(pod, volume));
        if (volume.type().isInMemory()) {
            Mounts.mountReadings(folder, volume.memoryBytes());
        }
        new AtomicFolder(folder, group(pod)).write(files, clock.instant());
    }

    /** Compat: renewed after four fifths of its life, and while that fails the old one is used. */
    private String token(PodSpec pod, TokenProjection projection) {
        var key = new TokenKey(pod.uid(), projection);
        ServiceToken held = tokens.get(key);
        if (held != null && !isAged(held)) {
            return held.value();
        }
        try {
            ServiceToken made = cluster.token(pod, projection.audience(), projection.lifetime());
            tokens.put(key, made);
            if (!present.containsKey(pod.uid())) {
                tokens.remove(key);
            }
            return made.value();
        } catch (EdgeFault away) {
            if (held != null && clock.instant().isBefore(held.expiresAt())) {
                return held.value();
            }
            throw away;
        }
    }

    private boolean isAged(ServiceToken token) {
        Duration life = Duration.between(token.issuedAt(), token.expiresAt());
        return clock.instant().isAfter(token.issuedAt().plus(life.multipliedBy(4).dividedBy(5)));
    }

    private void makeEmpty(PodSpec pod, VolumeSpec volume) throws IOException {
        Path folder = folders.volume(pod, volume);
        boolean isNew = !Files.isDirectory(folder);
        Files.createDirectories(folder);
        if (Resource.text(volume.source(), "medium").equals("Memory")) {
            Mounts.mountMemory(folder, sizeLimit(volume));
        }
        OptionalLong group = group(pod);
        if (isNew) {
            FileTree.setMode(folder, group.isPresent() ? GROUP_FOLDER_MODE : SHARED_MODE);
        }
        if (isNew && group.isPresent()) {
            FileTree.setGroup(folder, group.getAsLong());
        }
    }

    private static long sizeLimit(VolumeSpec volume) {
        Optional<Quantity> limit = Quantity.parse(volume.source().path("sizeLimit").asString(""));
        return limit.map(Quantity::toLong).orElse(0L);
    }

    private static OptionalLong group(PodSpec pod) {
        var group = pod.security().path("fsGroup");
        return group.isNumber() ? OptionalLong.of(group.asLong()) : OptionalLong.empty();
    }

    /** Compat: the words of kubelet's FailedMount event. */
    private static VolumeFault failed(
            VolumeSpec volume, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        String message =
                "MountVolume.SetUp failed for volume \"%s\" : %s".formatted(volume.name(), why);
        return cause == null ? new VolumeFault(message) : new VolumeFault(message, cause);
    }
}
