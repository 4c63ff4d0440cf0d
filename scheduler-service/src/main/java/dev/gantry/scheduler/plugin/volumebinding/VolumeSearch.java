package dev.gantry.scheduler.plugin.volumebinding;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.volume.ProvisioningClass;
import dev.gantry.scheduler.snapshot.volume.StorageRoom;
import dev.gantry.scheduler.snapshot.volume.Volume;
import dev.gantry.scheduler.snapshot.volume.VolumeBook;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds, node by node, a volume for each claim that waited for the pod.
 *
 * <p>Compat: volumebinding's {@code FindPodVolumes}. Claims choose in the order of what they ask
 * for, each the smallest volume that will do, no volume twice; it is not tried whether another
 * choice would serve them all.
 */
final class VolumeSearch {
    /** What a node lacks. */
    enum Shortage {
        NONE,
        NO_MATCH,
        NO_ROOM
    }

    /**
     * @param provisions claims for which a volume has to be made
     */
    record Found(
            Map<VolumeClaim, Volume> matches, List<VolumeClaim> provisions, Shortage shortage) {}

    private static final Found NOTHING_WANTED = new Found(Map.of(), List.of(), Shortage.NONE);

    private final VolumeBook volumes;
    private final List<VolumeClaim> decided;
    private final List<CandidateVolumes> open = new ArrayList<>();

    VolumeSearch(List<VolumeClaim> claims, VolumeBook volumes) {
        this.volumes = volumes;
        this.decided = claims.stream().filter(each -> !each.selectedNode().isEmpty()).toList();
        claims.stream()
                .filter(each -> each.selectedNode().isEmpty())
                .sorted(Comparator.comparing(VolumeBinding::size))
                .forEach(each -> open.add(CandidateVolumes.of(each, volumes)));
    }

    Found on(NodeView node) {
        if (decided.isEmpty() && open.isEmpty()) {
            return NOTHING_WANTED;
        }
        for (VolumeClaim each : decided) {
            if (!each.selectedNode().equals(node.name())) {
                return failed(Shortage.NO_MATCH);
            }
        }
        Map<String, String> labels = node.facts().labels();
        List<VolumeClaim> provisions = new ArrayList<>(decided);
        Map<VolumeClaim, Volume> matches = new LinkedHashMap<>();
        Set<String> chosen = new LinkedHashSet<>();
        for (CandidateVolumes each : open) {
            Optional<Volume> best = each.bestFor(labels, chosen);
            if (best.isPresent()) {
                chosen.add(best.get().name());
                matches.put(each.claim(), best.get());
            } else {
                provisions.add(each.claim());
            }
        }
        for (VolumeClaim each : provisions) {
            Shortage shortage = shortage(each, labels);
            if (shortage != Shortage.NONE) {
                return failed(shortage);
            }
        }
        return new Found(matches, provisions, Shortage.NONE);
    }

    /** What keeps a volume from being made for the claim. */
    private Shortage shortage(VolumeClaim claim, Map<String, String> nodeLabels) {
        Optional<ProvisioningClass> found = volumes.storageClass(claim.className());
        if (found.isEmpty() || !found.get().canProvision() || !found.get().allows(nodeLabels)) {
            return Shortage.NO_MATCH;
        }
        Optional<Quantity> asked = claim.asked();
        if (asked.isEmpty() || !volumes.countsRoom(found.get().provisioner())) {
            return Shortage.NONE;
        }
        for (StorageRoom each : volumes.rooms()) {
            if (each.className().equals(claim.className()) && each.holds(asked.get(), nodeLabels)) {
                return Shortage.NONE;
            }
        }
        return Shortage.NO_ROOM;
    }

    private static Found failed(Shortage shortage) {
        return new Found(Map.of(), List.of(), shortage);
    }
}
