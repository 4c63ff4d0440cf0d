package dev.gantry.scheduler.plugin.dynamicresources;

import dev.gantry.model.device.DeviceId;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.taint.Taint;
import dev.gantry.scheduler.snapshot.device.Capacity;
import dev.gantry.scheduler.snapshot.device.Counters;
import dev.gantry.scheduler.snapshot.device.Device;
import dev.gantry.scheduler.snapshot.device.DevicePool;
import dev.gantry.scheduler.snapshot.device.DevicePool.Candidate;
import dev.gantry.scheduler.snapshot.device.DeviceRequest;
import dev.gantry.scheduler.snapshot.device.DeviceSlice;
import dev.gantry.scheduler.snapshot.device.Taken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one search holds at the moment, on top of what is taken: devices, portions of shared ones,
 * counters of partitioned ones. What is taken can be given back, in the opposite order.
 */
final class Holdings {
    /**
     * @param claim by its place in the search
     */
    private record Held(DeviceId device, int claim) {}

    private record Counter(String pool, String set, String name) {}

    private final Taken taken;
    private final Set<Held> whole = new HashSet<>();
    private final Map<DeviceId, Integer> holders = new HashMap<>();
    private final Map<DeviceId, SortedMap<String, Quantity>> portions = new HashMap<>();
    private final Map<Counter, Quantity> counted = new HashMap<>();
    private final Map<String, Map<Counter, Quantity>> countedBefore = new HashMap<>();

    Holdings(Taken taken) {
        this.taken = taken;
    }

    /** Empty where the device cannot be had now. */
    Optional<Grant> take(
            DeviceRequest request, DeviceRequest.Option option, Candidate candidate, int claim) {
        Device device = candidate.device();
        Optional<SortedMap<String, Quantity>> wanted = portions(device, option);
        boolean isToBeHad =
                wanted.isPresent()
                        && !isInUse(device, option, claim)
                        && fits(device, wanted.get())
                        && hasCounters(candidate)
                        && isTolerated(device, option);
        if (!isToBeHad) {
            return Optional.empty();
        }
        boolean isFirstPart = device.isShared() && !isPartUsed(device);
        if (device.isShared()) {
            SortedMap<String, Quantity> sums =
                    portions.computeIfAbsent(device.id(), _ -> new TreeMap<>());
            wanted.get().forEach((name, amount) -> sums.merge(name, amount, Quantity::plus));
        } else {
            whole.add(new Held(device.id(), claim));
        }
        if (!device.isShared() || isFirstPart) {
            count(candidate, 1);
        }
        holders.merge(device.id(), 1, Integer::sum);
        SortedMap<String, Quantity> kept = device.isShared() ? wanted.get() : new TreeMap<>();
        return Optional.of(new Grant(request, option, candidate, kept));
    }

    void giveBack(Grant grant, int claim) {
        Device device = grant.device();
        holders.computeIfPresent(device.id(), (_, n) -> n == 1 ? null : n - 1);
        if (device.isShared()) {
            SortedMap<String, Quantity> sums = portions.getOrDefault(device.id(), new TreeMap<>());
            grant.portions()
                    .forEach((name, v) -> sums.computeIfPresent(name, (_, sum) -> sum.minus(v)));
            if (!holders.containsKey(device.id())) {
                portions.remove(device.id());
            }
        } else {
            whole.remove(new Held(device.id(), claim));
        }
        if (!device.isShared() || !isPartUsed(device)) {
            count(grant.candidate(), -1);
        }
    }

    /** Compat: with admin access only the claim itself must not have the device already. */
    private boolean isInUse(Device device, DeviceRequest.Option option, int claim) {
        if (device.isShared()) {
            return !option.isAdmin() && taken.isWhole(device.id());
        }
        return option.isAdmin()
                ? whole.contains(new Held(device.id(), claim))
                : taken.isWhole(device.id()) || holders.containsKey(device.id());
    }

    private boolean isPartUsed(Device device) {
        return taken.isShared(device.id()) || portions.containsKey(device.id());
    }

    /**
     * What the request takes of every capacity; empty where the device lacks one, or the portion.
     */
    private static Optional<SortedMap<String, Quantity>> portions(
            Device device, DeviceRequest.Option option) {
        Map<String, Quantity> asked = new HashMap<>();
        for (Map.Entry<String, Quantity> each : option.capacities().entrySet()) {
            String name = Device.fullName(device.id().driver(), each.getKey());
            if (!device.capacities().containsKey(name)) {
                return Optional.empty();
            }
            asked.put(name, each.getValue());
        }
        SortedMap<String, Quantity> found = new TreeMap<>();
        for (Map.Entry<String, Capacity> each : device.capacities().entrySet()) {
            Optional<Quantity> portion =
                    each.getValue().portion(Optional.ofNullable(asked.get(each.getKey())));
            if (portion.isEmpty()) {
                return Optional.empty();
            }
            found.put(each.getKey(), portion.get());
        }
        return Optional.of(found);
    }

    private boolean fits(Device device, SortedMap<String, Quantity> wanted) {
        SortedMap<String, Quantity> here = portions.getOrDefault(device.id(), new TreeMap<>());
        for (Map.Entry<String, Quantity> each : wanted.entrySet()) {
            Quantity sum =
                    each.getValue()
                            .plus(taken.portion(device.id(), each.getKey()))
                            .plus(here.getOrDefault(each.getKey(), Quantity.ZERO));
            Capacity capacity = device.capacities().get(each.getKey());
            if (capacity == null || sum.compareTo(capacity.value()) > 0) {
                return false;
            }
        }
        return true;
    }

    /** A shared device takes its counters once, with its first part. */
    private boolean hasCounters(Candidate candidate) {
        Device device = candidate.device();
        if (device.consumed().isEmpty() || (device.isShared() && isPartUsed(device))) {
            return true;
        }
        DevicePool pool = candidate.pool();
        Map<Counter, Quantity> before =
                countedBefore.computeIfAbsent(pool.id(), _ -> countedBefore(pool));
        for (Counters each : device.consumed()) {
            Map<String, Quantity> all = pool.counters().getOrDefault(each.set(), Map.of());
            for (Map.Entry<String, Quantity> amount : each.amounts().entrySet()) {
                var counter = new Counter(pool.id(), each.set(), amount.getKey());
                Quantity sum =
                        amount.getValue()
                                .plus(before.getOrDefault(counter, Quantity.ZERO))
                                .plus(counted.getOrDefault(counter, Quantity.ZERO));
                if (sum.compareTo(all.getOrDefault(amount.getKey(), Quantity.ZERO)) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What devices that claims have already take of the pool's counters, wherever they are. */
    private Map<Counter, Quantity> countedBefore(DevicePool pool) {
        Map<Counter, Quantity> sums = new HashMap<>();
        for (DeviceSlice slice : pool.slices()) {
            for (Device device : slice.devices()) {
                if (taken.isUsed(device.id())) {
                    add(pool, device, 1, sums);
                }
            }
        }
        return sums;
    }

    private void count(Candidate candidate, int sign) {
        add(candidate.pool(), candidate.device(), sign, counted);
    }

    private static void add(DevicePool pool, Device device, int sign, Map<Counter, Quantity> sums) {
        for (Counters each : device.consumed()) {
            each.amounts()
                    .forEach(
                            (name, amount) ->
                                    sums.compute(
                                            new Counter(pool.id(), each.set(), name),
                                            (_, sum) -> changed(sum, amount, sign)));
        }
    }

    private static Quantity changed(
            @org.jspecify.annotations.Nullable Quantity sum, Quantity amount, int sign) {
        Quantity before = sum == null ? Quantity.ZERO : sum;
        return sign > 0 ? before.plus(amount) : before.minus(amount);
    }

    private static boolean isTolerated(Device device, DeviceRequest.Option option) {
        for (Taint taint : device.taints()) {
            if (taint.isForbidding()
                    && option.tolerations().stream().noneMatch(each -> each.tolerates(taint))) {
                return false;
            }
        }
        return true;
    }
}
