package dev.gantry.scheduler.plugin.volumebinding;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.scheduler.snapshot.volume.Volume;
import dev.gantry.scheduler.snapshot.volume.VolumeBook;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The volumes that could serve one claim, the smallest first; which of them a node can reach is
 * looked at node by node.
 *
 * <p>Compat: {@code FindMatchingVolume}. A volume that was set aside for the claim goes before all
 * others, and where the node cannot reach that one, none will do.
 */
record CandidateVolumes(VolumeClaim claim, Optional<Volume> setAside, List<Volume> bySize) {
    private static final Comparator<Volume> SMALLEST =
            Comparator.comparing(Volume::capacity).thenComparing(Volume::name);

    static CandidateVolumes of(VolumeClaim claim, VolumeBook volumes) {
        List<Volume> found = new ArrayList<>();
        for (Volume each : volumes.volumesOf(claim.className())) {
            if (!couldServe(each, claim)) {
                continue;
            }
            if (each.claim().isPresent()) {
                return new CandidateVolumes(claim, Optional.of(each), List.of());
            }
            if (each.isAvailable()
                    && claim.selector().selects(each.labels())
                    && each.isMountableFor(claim)) {
                found.add(each);
            }
        }
        found.sort(SMALLEST);
        return new CandidateVolumes(claim, Optional.empty(), found);
    }

    /**
     * @param chosen names of volumes that the pod's other claims take
     */
    Optional<Volume> bestFor(Map<String, String> nodeLabels, Set<String> chosen) {
        if (setAside.isPresent()) {
            return setAside.filter(
                    each -> !chosen.contains(each.name()) && each.isReachableFrom(nodeLabels));
        }
        for (Volume each : bySize) {
            if (!chosen.contains(each.name()) && each.isReachableFrom(nodeLabels)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static boolean couldServe(Volume volume, VolumeClaim claim) {
        Quantity asked = claim.asked().orElse(Quantity.ZERO);
        return !volume.isLeaving()
                && volume.claim().map(ref -> ref.isTo(claim)).orElse(true)
                && volume.capacity().compareTo(asked) >= 0
                && volume.isLike(claim);
    }
}
