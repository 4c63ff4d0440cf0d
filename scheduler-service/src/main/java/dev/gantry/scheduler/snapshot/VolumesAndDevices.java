package dev.gantry.scheduler.snapshot;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.volume.VolumeBook;
import java.util.List;
import java.util.Optional;

/**
 * What pods need other than a node, and who has what of it: {@link
 * dev.gantry.scheduler.snapshot.pod.PodNeeds} seen from the other side.
 */
record VolumesAndDevices(VolumeBook volumes, DeviceBook devices) {
    VolumesAndDevices() {
        this(new VolumeBook(), new DeviceBook());
    }

    /** Returns whether anything became different in a way that could help a pod. */
    boolean tell(ObjectKey key, Optional<Resource> object) {
        return volumes.tell(key, object) | devices.tell(key, object);
    }

    void reserve(Uid pod, List<Effect> effects) {
        volumes.reserve(pod, effects);
        devices.reserve(pod, effects);
    }

    /** Gives back what was reserved for the pod. */
    void release(Uid pod) {
        volumes.release(pod);
        devices.release(pod);
    }

    /** The pod with what is known now of the extended resources that devices stand for. */
    PodInfo known(PodInfo pod) {
        if (pod.needs().asks().isEmpty()) {
            return pod;
        }
        List<String> byDevices =
                pod.needs().asks().stream()
                        .flatMap(each -> each.amounts().keySet().stream())
                        .distinct()
                        .sorted()
                        .filter(resource -> devices.classFor(resource).isPresent())
                        .toList();
        return pod.byDevices(byDevices);
    }

    void copyTo(VolumesAndDevices other) {
        volumes.copyTo(other.volumes);
        devices.copyTo(other.devices);
    }
}
