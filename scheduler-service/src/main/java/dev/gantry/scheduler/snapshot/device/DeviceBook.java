package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All device objects, and which devices are taken. One owner, together with the snapshot that it is
 * part of.
 *
 * <p>Invariant: a device counts as taken from the moment a placement gives it to a claim; see
 * {@link Underway} for how long that counts until the feed tells of it.
 */
public final class DeviceBook {
    private final Map<String, DeviceClaim> claims = new HashMap<>();
    private final Map<String, DeviceClass> classes = new HashMap<>();
    private final Map<String, DeviceSlice> slices = new TreeMap<>();
    private final Taken taken = new Taken();
    private final Underway underway = new Underway(taken);
    private @Nullable PoolIndex pools;

    /**
     * An object as the feed told of it; empty where it is no more. What the book does not keep is
     * ignored. Returns whether anything became different.
     */
    public boolean tell(ObjectKey key, Optional<Resource> object) {
        return switch (key.resource().plural()) {
            case "resourceclaims" ->
                    tellClaim(key.namespace() + "/" + key.name(), object.map(DeviceClaim::of));
            case "deviceclasses" -> put(classes, key.name(), object.map(DeviceClass::of));
            case "resourceslices" -> tellSlice(key.name(), object.map(DeviceSlice::of));
            default -> false;
        };
    }

    /**
     * What the placement of this pod decides counts from now on; but what the feed has told of
     * already counts through the claim.
     */
    public void reserve(Uid pod, List<Effect> effects) {
        underway.give(pod, effects, claims);
    }

    /** Takes back what the placement of this pod decided. */
    public void release(Uid pod) {
        underway.release(pod);
    }

    /**
     * The pod is gone, or not known. State may have taken in its placement before, and the feed of
     * claims be behind that of pods: until then the devices are not free for other pods.
     */
    public void leave(Uid pod, Instant until) {
        underway.leave(pod, until);
    }

    /** State did not take in this placement of a pod that is gone; another one may have held. */
    public void refused(Uid pod, List<Effect> effects) {
        underway.refused(pod, effects);
    }

    /** Returns whether devices of pods that are gone are there for others now. */
    public boolean expire(Instant now) {
        return underway.expire(now);
    }

    public Optional<DeviceClaim> claim(String namespace, String name) {
        return Optional.ofNullable(claims.get(namespace + "/" + name));
    }

    /** Whether a placement has given the claim devices that the feed does not tell of yet. */
    public boolean isInFlight(DeviceClaim claim) {
        return underway.isFor(claim.key());
    }

    public Optional<DeviceClass> deviceClass(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** The class whose devices stand for an extended resource. */
    public Optional<DeviceClass> classFor(String resource) {
        if (resource.startsWith(ContainerAsk.CLASS_PREFIX)) {
            return deviceClass(resource.substring(ContainerAsk.CLASS_PREFIX.length()));
        }
        return classes.values().stream()
                .filter(each -> each.extendedResource().equals(resource))
                .min(DeviceClass.PRECEDENCE);
    }

    /** The newest generation of each pool. */
    public PoolIndex pools() {
        PoolIndex known = pools;
        if (known == null) {
            known = new PoolIndex(slices.values());
            pools = known;
        }
        return known;
    }

    /** Only to be read. */
    public Taken taken() {
        return taken;
    }

    public void copyTo(DeviceBook other) {
        claims.forEach((key, claim) -> other.tellClaim(key, Optional.of(claim)));
        other.classes.putAll(classes);
        other.slices.putAll(slices);
        other.pools = pools;
        underway.copyTo(other.underway);
    }

    private boolean tellSlice(String name, Optional<DeviceSlice> slice) {
        pools = null;
        return put(slices, name, slice);
    }

    private boolean tellClaim(String key, Optional<DeviceClaim> claim) {
        Optional<DeviceClaim> before = Optional.ofNullable(claims.get(key));
        underway.told(key, before, claim);
        before.flatMap(DeviceClaim::allocation).ifPresent(taken::remove);
        claim.flatMap(DeviceClaim::allocation).ifPresent(taken::add);
        return put(claims, key, claim);
    }

    private static <V> boolean put(Map<String, V> map, String name, Optional<V> value) {
        Optional<V> before = Optional.ofNullable(map.get(name));
        value.ifPresentOrElse(next -> map.put(name, next), () -> map.remove(name));
        return !Objects.equals(before, value);
    }
}
