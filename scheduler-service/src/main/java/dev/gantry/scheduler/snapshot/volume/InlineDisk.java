package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A network disk that a pod names itself, and that two pods on one node cannot both have.
 *
 * <p>Compat: volumerestrictions' {@code isVolumeConflict}: an EBS disk conflicts even where both
 * only read.
 *
 * @param name what tells disks of the kind apart
 * @param monitors of an RBD image: two images are one if they share a monitor
 */
public record InlineDisk(Kind kind, String name, List<String> monitors, boolean isReadOnly) {
    /** The volume plugins that are looked at. */
    public enum Kind {
        GCE,
        EBS,
        ISCSI,
        RBD
    }

    private static final String DEFAULT_POOL = "rbd";

    public boolean conflictsWith(InlineDisk other) {
        if (kind != other.kind || !name.equals(other.name)) {
            return false;
        }
        if (kind == Kind.EBS) {
            return true;
        }
        boolean isOne = kind != Kind.RBD || !Collections.disjoint(monitors, other.monitors);
        return isOne && !(isReadOnly && other.isReadOnly);
    }

    static Optional<InlineDisk> of(JsonNode volume) {
        JsonNode gce = volume.path("gcePersistentDisk");
        if (gce.isObject()) {
            return Optional.of(disk(Kind.GCE, Resource.text(gce, "pdName"), gce));
        }
        JsonNode ebs = volume.path("awsElasticBlockStore");
        if (ebs.isObject()) {
            return Optional.of(disk(Kind.EBS, Resource.text(ebs, "volumeID"), ebs));
        }
        JsonNode iscsi = volume.path("iscsi");
        if (iscsi.isObject()) {
            return Optional.of(disk(Kind.ISCSI, Resource.text(iscsi, "iqn"), iscsi));
        }
        JsonNode rbd = volume.path("rbd");
        return rbd.isObject() ? Optional.of(image(rbd)) : Optional.empty();
    }

    private static InlineDisk disk(Kind kind, String name, JsonNode source) {
        return new InlineDisk(kind, name, List.of(), source.path("readOnly").asBoolean(false));
    }

    private static InlineDisk image(JsonNode rbd) {
        List<String> monitors = new ArrayList<>();
        rbd.path("monitors").forEach(each -> monitors.add(each.asString("")));
        String pool = Resource.text(rbd, "pool");
        return new InlineDisk(
                Kind.RBD,
                (pool.isEmpty() ? DEFAULT_POOL : pool) + "/" + Resource.text(rbd, "image"),
                List.copyOf(monitors),
                rbd.path("readOnly").asBoolean(false));
    }
}
