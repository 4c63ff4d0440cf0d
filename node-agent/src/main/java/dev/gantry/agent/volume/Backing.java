package dev.gantry.agent.volume;

import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.NodeTerm;
import dev.gantry.model.storage.LocalStorage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What stands behind a volume that is a claim: a folder of this node or of a server, or words for
 * why there is none.
 *
 * <p>Compat: the checks and, where there are some, the words of kubelet's volume manager.
 */
public sealed interface Backing {
    /**
     * @param volume the PersistentVolume's name
     * @param source {@code spec.hostPath} or {@code spec.local}
     */
    record Folder(String volume, boolean isLocal, JsonNode source) implements Backing {
        public String path() {
            return Resource.text(source, "path");
        }
    }

    /** A folder that the agent itself makes where it keeps such. */
    record Provisioned(String volume) implements Backing {}

    /** A folder of a server. */
    record Network(String volume, NfsExport export) implements Backing {}

    /**
     * @param message whole, as an event shall have it
     */
    record None(String message) implements Backing {}

    /**
     * What was found when it was asked for.
     *
     * @param node this one's own object
     */
    record Found(Optional<Resource> claim, Optional<Resource> volume, Optional<Resource> node) {}

    static Backing of(PodSpec pod, VolumeSpec volume, Found found) {
        Optional<String> unbound = unbound(pod, volume, found);
        if (unbound.isPresent()) {
            return new None(
                    ("Unable to attach or mount volumes: unmounted volumes=[%s], unattached"
                                    + " volumes=[], failed to process volumes=[%s]: error"
                                    + " processing PVC %s/%s: %s")
                            .formatted(
                                    volume.name(),
                                    volume.name(),
                                    pod.namespace(),
                                    volume.claimName(pod.name()),
                                    unbound.get()));
        }
        return of(found.volume().orElseThrow(), found.node(), volume.isReadOnly());
    }

    private static Backing of(Resource volume, Optional<Resource> node, boolean isReadOnly) {
        String name = volume.name();
        JsonNode wanted = volume.spec().path("nodeAffinity").path("required");
        boolean isElsewhere =
                wanted.isObject()
                        && node.isPresent()
                        && !NodeTerm.anySelects(
                                NodeTerm.listOf(wanted), node.get().name(), node.get().labels());
        if (isElsewhere) {
            return new None(
                    "MountVolume.NodeAffinity check failed for volume \"%s\" : no matching"
                                    .formatted(name)
                            + " NodeSelectorTerms");
        }
        if (Resource.text(volume.spec(), "volumeMode").equals("Block")) {
            return failed(name, "volumes of mode Block are not supported on this node");
        }
        if (volume.spec().path("hostPath").isObject()) {
            return new Folder(name, false, volume.spec().path("hostPath"));
        }
        if (volume.spec().path("local").isObject()) {
            return new Folder(name, true, volume.spec().path("local"));
        }
        if (volume.spec().path("nfs").isObject()) {
            return new Network(name, NfsExport.of(volume, isReadOnly));
        }
        JsonNode csi = volume.spec().path("csi");
        if (Resource.text(csi, "driver").equals(LocalStorage.DRIVER)) {
            return new Provisioned(name);
        }
        return failed(
                name,
                csi.isObject()
                        ? "driver name %s not found in the list of registered CSI drivers"
                                .formatted(Resource.text(csi, "driver"))
                        : "%s volumes are not supported on this node".formatted(source(volume)));
    }

    private static Backing failed(String volume, String why) {
        return new None("MountVolume.SetUp failed for volume \"%s\" : %s".formatted(volume, why));
    }

    private static Optional<String> unbound(PodSpec pod, VolumeSpec volume, Found found) {
        String name = volume.claimName(pod.name());
        if (found.claim().isEmpty()) {
            return Optional.of(
                    "failed to fetch PVC from API server: persistentvolumeclaims \"%s\" not found"
                            .formatted(name));
        }
        Resource claim = found.claim().get();
        boolean isForeign =
                volume.type() == VolumeSpec.Type.EPHEMERAL
                        && claim.controller()
                                .filter(owner -> owner.uid().equals(pod.uid()))
                                .isEmpty();
        if (isForeign) {
            return Optional.of(
                    "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
                            .formatted(claim.namespace(), name, pod.namespace(), pod.name()));
        }
        if (claim.isBeingDeleted()) {
            return Optional.of("PVC is being deleted");
        }
        if (!Resource.text(claim.status(), "phase").equals("Bound")) {
            return Optional.of("PVC is not bound");
        }
        return unclaimed(claim, found.volume());
    }

    /** Whether the volume, too, says that it is the claim's. */
    private static Optional<String> unclaimed(Resource claim, Optional<Resource> volume) {
        String name = Resource.text(claim.spec(), "volumeName");
        if (volume.isEmpty()) {
            return Optional.of(
                    "failed to fetch PV %s from API server: persistentvolumes \"%s\" not found"
                            .formatted(name, name));
        }
        String uid = Resource.text(volume.get().spec().path("claimRef"), "uid");
        return uid.equals(claim.uid().value())
                ? Optional.empty()
                : Optional.of(
                        "found PV object %s but its pv.Spec.ClaimRef.UID %s does not point to"
                                        .formatted(name, uid)
                                + " claim.UID "
                                + claim.uid());
    }

    /** The field of the spec that says where the data are. */
    private static String source(Resource volume) {
        for (var each : volume.spec().properties()) {
            boolean isSource =
                    each.getValue().isObject()
                            && !each.getKey().equals("capacity")
                            && !each.getKey().equals("claimRef")
                            && !each.getKey().equals("nodeAffinity");
            if (isSource) {
                return each.getKey();
            }
        }
        return "such";
    }
}
