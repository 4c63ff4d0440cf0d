package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.BindVolume;
import dev.gantry.model.effect.Effect.SelectNode;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All storage objects, which pods use them, and what placements have reserved. One owner, together
 * with the snapshot that it is part of.
 *
 * <p>Invariant: a claim or volume reads as it will be once the reservations on it are committed,
 * and as the feed told once they are released.
 */
public final class VolumeBook {
    private final Map<String, VolumeClaim> claims = new HashMap<>();
    private final Map<String, Volume> volumes = new HashMap<>();
    private final Map<String, Map<String, Volume>> byClass = new HashMap<>();
    private final Map<String, ProvisioningClass> classes = new HashMap<>();
    private final Map<String, AttachLimits> limits = new HashMap<>();
    private final Map<String, Boolean> countsRoom = new HashMap<>();
    private final Map<String, StorageRoom> rooms = new TreeMap<>();
    private final AttachedVolumes attached = new AttachedVolumes();
    private final VolumeUse use = new VolumeUse();
    private final Map<Uid, List<Effect>> decided = new HashMap<>();
    private final Reservations<BindVolume> taken = new Reservations<>();
    private final Reservations<SelectNode> selected = new Reservations<>();

    /**
     * An object as the feed told of it; empty where it is no more. What the book does not keep is
     * ignored. Returns whether anything became different in a way that could help a pod.
     */
    public boolean tell(ObjectKey key, Optional<Resource> object) {
        String name = key.name();
        return switch (key.resource().plural()) {
            case "persistentvolumeclaims" -> tellClaim(key, object.map(VolumeClaim::of));
            case "persistentvolumes" -> tellVolume(name, object.map(Volume::of));
            case "storageclasses" -> put(classes, name, object.map(ProvisioningClass::of));
            case "csinodes" -> put(limits, name, object.map(AttachLimits::of));
            case "volumeattachments" -> attached.tell(name, object);
            case "csidrivers" ->
                    put(
                            countsRoom,
                            name,
                            object.map(o -> o.spec().path("storageCapacity").asBoolean(false)));
            case "csistoragecapacities" ->
                    put(rooms, key.namespace() + "/" + name, object.map(StorageRoom::of));
            default -> false;
        };
    }

    /** A pod now stands on the node. */
    public void placed(Uid pod, String namespace, PodVolumes wanted, String node) {
        if (!wanted.isNone()) {
            use.add(pod, namespace, wanted, node);
        }
    }

    /** The pod no longer stands on the node. */
    public void left(Uid pod, PodVolumes wanted, String node) {
        if (!wanted.isNone()) {
            use.remove(pod, node);
        }
    }

    /** What the placement of this pod decides counts from now on. */
    public void reserve(Uid pod, List<Effect> effects) {
        release(pod);
        List<Effect> ours = effects.stream().filter(VolumeBook::isOurs).toList();
        if (ours.isEmpty()) {
            return;
        }
        decided.put(pod, ours);
        for (Effect each : ours) {
            if (each instanceof BindVolume bind) {
                taken.add(bind.volume().name(), pod, bind);
            } else if (each instanceof SelectNode select) {
                selected.add(select.claim().path(), pod, select);
            }
        }
    }

    /** Takes back what the placement of this pod decided. */
    public void release(Uid pod) {
        List<Effect> ended = decided.remove(pod);
        if (ended == null) {
            return;
        }
        for (Effect each : ended) {
            if (each instanceof BindVolume bind) {
                taken.remove(bind.volume().name(), pod);
            } else if (each instanceof SelectNode select) {
                selected.remove(select.claim().path(), pod);
            }
        }
    }

    private static boolean isOurs(Effect effect) {
        return effect instanceof BindVolume || effect instanceof SelectNode;
    }

    public Optional<VolumeClaim> claim(String namespace, String name) {
        return Optional.ofNullable(claims.get(namespace + "/" + name)).map(this::asDecided);
    }

    /** The claim as the feed told of it, whatever placements have decided. */
    public Optional<VolumeClaim> toldClaim(String namespace, String name) {
        return Optional.ofNullable(claims.get(namespace + "/" + name));
    }

    public Optional<Volume> volume(String name) {
        return Optional.ofNullable(volumes.get(name)).map(this::asDecided);
    }

    /** By name, so that of two equal volumes the same one is taken each time. */
    public List<Volume> volumesOf(String className) {
        List<Volume> found = new ArrayList<>();
        for (Volume each : byClass.getOrDefault(className, Map.of()).values()) {
            found.add(asDecided(each));
        }
        return found;
    }

    public Optional<ProvisioningClass> storageClass(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    public Optional<AttachLimits> limits(String node) {
        return Optional.ofNullable(limits.get(node));
    }

    /** Whether the driver says how much room it has left, and wants that looked at. */
    public boolean countsRoom(String driver) {
        return countsRoom.getOrDefault(driver, false);
    }

    public Collection<StorageRoom> rooms() {
        return rooms.values();
    }

    /** Whether a placed pod uses the claim. */
    public boolean isUsed(String namespace, String claim) {
        return !use.usersOf(namespace + "/" + claim).isEmpty();
    }

    /** Whether a pod on the node has a disk that conflicts. */
    public boolean hasConflict(String node, InlineDisk wanted) {
        for (UsedVolumes each : use.on(node)) {
            for (InlineDisk disk : each.volumes().disks()) {
                if (disk.conflictsWith(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the pods have that take space on the node. */
    public Collection<UsedVolumes> usedOn(String node) {
        return use.on(node);
    }

    /** What is attached to the node by its VolumeAttachments, whoever uses it. */
    public List<Attachment> attachedTo(String node) {
        return attached.on(node).stream()
                .flatMap(name -> Optional.ofNullable(volumes.get(name)).stream())
                .flatMap(volume -> volume.attachment().stream())
                .toList();
    }

    /** For another owner. Who uses what is told anew, by placing the pods. */
    public void copyTo(VolumeBook other) {
        other.claims.putAll(claims);
        other.volumes.putAll(volumes);
        byClass.forEach((name, all) -> other.byClass.put(name, new TreeMap<>(all)));
        other.classes.putAll(classes);
        other.limits.putAll(limits);
        attached.copyTo(other.attached);
        other.countsRoom.putAll(countsRoom);
        other.rooms.putAll(rooms);
        other.decided.putAll(decided);
        taken.copyTo(other.taken);
        selected.copyTo(other.selected);
    }

    private boolean tellClaim(ObjectKey key, Optional<VolumeClaim> claim) {
        return put(claims, key.namespace() + "/" + key.name(), claim);
    }

    private boolean tellVolume(String name, Optional<Volume> volume) {
        Volume before = volumes.get(name);
        if (before != null) {
            byClass.getOrDefault(before.className(), new TreeMap<>()).remove(name);
        }
        volume.ifPresent(
                each ->
                        byClass.computeIfAbsent(each.className(), _ -> new TreeMap<>())
                                .put(name, each));
        return put(volumes, name, volume);
    }

    private static <V> boolean put(Map<String, V> map, String name, Optional<V> value) {
        @Nullable V before = value.isPresent() ? map.put(name, value.get()) : map.remove(name);
        return !Objects.equals(before, value.orElse(null));
    }

    private VolumeClaim asDecided(VolumeClaim claim) {
        Optional<SelectNode> ours = selected.of(claim.key());
        return ours.isEmpty() || claim.isBound() ? claim : claim.onNode(ours.get().node());
    }

    private Volume asDecided(Volume volume) {
        Optional<BindVolume> ours = taken.of(volume.name());
        if (ours.isEmpty() || volume.claim().isPresent()) {
            return volume;
        }
        Effect.Target claim = ours.get().claim();
        return volume.boundTo(
                new Volume.ClaimRef(claim.namespace(), claim.name(), claim.uid().value()));
    }
}
