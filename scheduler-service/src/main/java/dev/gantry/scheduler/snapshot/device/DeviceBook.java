package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.GivesDevices;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All device objects, and which devices are taken. One owner, together with the snapshot that it is
 * part of.
 *
 * <p>Invariant: a device counts as taken from the moment a placement gives it to a claim; that
 * placement's allocation counts until it is taken back, or the feed tells what the claim has been
 * given, or its pod has been gone for so long that the feed would have told of it.
 */
public final class DeviceBook {
    private final Map<String, DeviceClaim> claims = new HashMap<>();
    private final Map<String, DeviceClass> classes = new HashMap<>();
    private final Map<String, DeviceSlice> slices = new TreeMap<>();
    private final Map<String, InFlight> inFlight = new LinkedHashMap<>();
    private final Taken taken = new Taken();
    private @Nullable PoolIndex pools;

    /**
     * @param claim as it was when it was decided on
     * @param until for how long it counts although its pod is gone; empty where that is not so
     */
    private record InFlight(
            Uid pod, Target claim, Allocation allocation, Optional<Instant> until) {}

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
        for (Effect each : effects) {
            if (each instanceof GivesDevices gives && !isAnswered(gives.target())) {
                given(gives).ifPresent(found -> reserve(pod, gives.target(), found));
            }
        }
    }

    private boolean isAnswered(Target target) {
        return Optional.ofNullable(claims.get(target.path()))
                .filter(each -> target.isAnsweredBy(each.revision()))
                .isPresent();
    }

    private void reserve(Uid pod, Target claim, Allocation allocation) {
        land(claim.path());
        taken.add(allocation);
        inFlight.put(claim.path(), new InFlight(pod, claim, allocation, Optional.empty()));
    }

    /** Takes back what the placement of this pod decided. Cost: nothing is in flight mostly. */
    public void release(Uid pod) {
        end(each -> each.pod.equals(pod) && each.until.isEmpty());
    }

    /**
     * The pod is gone, or not known. State may have taken in its placement before, and the feed of
     * claims be behind that of pods: until then the devices are not there for anybody else.
     */
    public void leave(Uid pod, Instant until) {
        inFlight.replaceAll(
                (_, each) ->
                        each.pod.equals(pod)
                                ? new InFlight(pod, each.claim, each.allocation, Optional.of(until))
                                : each);
    }

    /** State did not take in this placement of a pod that is gone; another one may have held. */
    public void refused(Uid pod, List<Effect> effects) {
        List<Allocation> refused =
                effects.stream()
                        .filter(GivesDevices.class::isInstance)
                        .flatMap(each -> given((GivesDevices) each).stream())
                        .toList();
        end(
                each ->
                        each.pod.equals(pod)
                                && each.until.isPresent()
                                && refused.contains(each.allocation));
    }

    private static Optional<Allocation> given(GivesDevices effect) {
        return Allocation.of(effect.allocation());
    }

    /** Returns whether devices of pods that are gone are there for others now. */
    public boolean expire(Instant now) {
        return end(each -> each.until.filter(due -> !due.isAfter(now)).isPresent());
    }

    private boolean end(Predicate<InFlight> isOver) {
        if (inFlight.isEmpty()) {
            return false;
        }
        List<String> ended = new ArrayList<>();
        inFlight.forEach(
                (claim, each) -> {
                    if (isOver.test(each)) {
                        ended.add(claim);
                    }
                });
        ended.forEach(this::land);
        return !ended.isEmpty();
    }

    public Optional<DeviceClaim> claim(String namespace, String name) {
        return Optional.ofNullable(claims.get(namespace + "/" + name));
    }

    /** Whether a placement has given the claim devices that the feed does not tell of yet. */
    public boolean isInFlight(DeviceClaim claim) {
        return inFlight.containsKey(claim.key());
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
        inFlight.forEach(
                (claim, each) -> {
                    other.inFlight.put(claim, each);
                    other.taken.add(each.allocation);
                });
    }

    private boolean tellSlice(String name, Optional<DeviceSlice> slice) {
        pools = null;
        return put(slices, name, slice);
    }

    private boolean tellClaim(String key, Optional<DeviceClaim> claim) {
        Optional<DeviceClaim> before = Optional.ofNullable(claims.get(key));
        InFlight awaited = inFlight.get(key);
        if (awaited != null && isAnswer(claim, before, awaited.claim)) {
            land(key);
        }
        before.flatMap(DeviceClaim::allocation).ifPresent(taken::remove);
        claim.flatMap(DeviceClaim::allocation).ifPresent(taken::add);
        return put(claims, key, claim);
    }

    /** One that is no more was given nothing that counts; unless it was an earlier namesake. */
    private static boolean isAnswer(
            Optional<DeviceClaim> claim, Optional<DeviceClaim> before, Target awaited) {
        return claim.map(each -> awaited.isAnsweredBy(each.revision()))
                .orElseGet(
                        () -> before.filter(each -> each.uid().equals(awaited.uid())).isPresent());
    }

    private void land(String claim) {
        InFlight landed = inFlight.remove(claim);
        if (landed != null) {
            taken.remove(landed.allocation);
        }
    }

    private static <V> boolean put(Map<String, V> map, String name, Optional<V> value) {
        Optional<V> before = Optional.ofNullable(map.get(name));
        value.ifPresentOrElse(next -> map.put(name, next), () -> map.remove(name));
        return !Objects.equals(before, value);
    }
}
