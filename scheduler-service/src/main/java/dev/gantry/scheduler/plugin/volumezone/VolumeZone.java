package dev.gantry.scheduler.plugin.volumezone;

import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.volume.PodVolumes.ClaimUse;
import dev.gantry.scheduler.snapshot.volume.Volume;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A bound volume that is labelled with zones or regions is used from there.
 *
 * <p>Compat: volumezone. A node without any such label can reach every volume; a volume's label may
 * list several zones, joined by two underscores; the labels of old stand for the new ones. Claims
 * made for one pod are not looked at.
 */
public final class VolumeZone implements Relation {
    private static final Verdict ELSEWHERE = Verdict.never("node(s) had no available volume zone");
    private static final String SEPARATOR = "__";
    private static final Map<String, String> NEW_NAMES =
            Map.of(
                    "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone",
                    "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region");
    private static final List<String> KEYS =
            List.of(
                    "failure-domain.beta.kubernetes.io/zone",
                    "failure-domain.beta.kubernetes.io/region",
                    "topology.kubernetes.io/zone",
                    "topology.kubernetes.io/region");

    /** Where a volume is. */
    private record Place(String key, Set<String> values) {
        boolean isWhere(Map<String, String> labels) {
            String found = labels.get(key);
            if (found == null) {
                found = labels.get(NEW_NAMES.getOrDefault(key, key));
            }
            return found != null && values.contains(found);
        }
    }

    @Override
    public String name() {
        return "VolumeZone";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        return !pod.needs().volumes().claims().isEmpty();
    }

    @Override
    public Optional<String> preFilter(PodInfo pod, ClusterSnapshot snapshot) {
        for (VolumeClaim each : claimsWithVolume(pod, snapshot)) {
            if (snapshot.volumes().volume(each.volumeName()).isEmpty()) {
                return Optional.of(
                        "persistentvolume \"%s\" not found".formatted(each.volumeName()));
            }
        }
        return Optional.empty();
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodInfo pod, ClusterSnapshot snapshot) {
        List<Place> places = new ArrayList<>();
        for (VolumeClaim each : claimsWithVolume(pod, snapshot)) {
            snapshot.volumes()
                    .volume(each.volumeName())
                    .ifPresent(volume -> addPlaces(volume, places));
        }
        return node -> judge(node, places);
    }

    private static List<VolumeClaim> claimsWithVolume(PodInfo pod, ClusterSnapshot snapshot) {
        return pod.needs().volumes().claims().stream()
                .filter(use -> !use.isEphemeral())
                .flatMap(use -> find(use, pod, snapshot).stream())
                .filter(claim -> !claim.volumeName().isEmpty())
                .toList();
    }

    private static Optional<VolumeClaim> find(ClaimUse use, PodInfo pod, ClusterSnapshot snapshot) {
        return snapshot.volumes().claim(pod.key().namespace(), use.claim());
    }

    private static Verdict judge(NodeView node, List<Place> places) {
        Map<String, String> labels = node.facts().labels();
        if (places.isEmpty() || KEYS.stream().noneMatch(labels::containsKey)) {
            return Verdict.FITS;
        }
        return places.stream().allMatch(each -> each.isWhere(labels)) ? Verdict.FITS : ELSEWHERE;
    }

    private static void addPlaces(Volume volume, List<Place> places) {
        for (String key : KEYS) {
            String value = volume.labels().get(key);
            if (value != null) {
                places.add(new Place(key, Set.of(value.split(SEPARATOR))));
            }
        }
    }
}
