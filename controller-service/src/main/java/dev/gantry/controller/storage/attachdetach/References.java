package dev.gantry.controller.storage.attachdetach;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.storage.persistentvolume.PodClaims;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who names whom, among volumes, claims, pods, nodes and VolumeAttachments. */
final class References {
    private static final GroupResource ATTACHMENTS = AttachDetachReconciler.ATTACHMENTS;

    private final Index volumes =
            new Index(each -> CsiVolume.of(each).map(CsiVolume::uniqueName).stream().toList());
    private final Index claims = new Index(each -> List.of(volumeOf(each)));
    private final Index pods = new Index(References::claimsOf);
    private final Index attachments = new Index(each -> List.of(sourceOf(each)));
    private final Index attachmentsOnNode =
            new Index(each -> List.of(Resource.text(each.spec(), "nodeName")));
    private final Index nodes = new Index(NodeVolumes::listed);
    private final Map<GroupResource, List<Index>> byKind =
            new TreeMap<>(
                    Map.of(
                            Resources.PERSISTENT_VOLUMES,
                            List.of(volumes),
                            Resources.PERSISTENT_VOLUME_CLAIMS,
                            List.of(claims),
                            Resources.PODS,
                            List.of(pods),
                            Resources.NODES,
                            List.of(nodes),
                            ATTACHMENTS,
                            List.of(attachments, attachmentsOnNode)));

    void hear(Change change) {
        byKind.getOrDefault(change.key().resource(), List.of()).forEach(each -> each.hear(change));
    }

    /** PersistentVolumes that stand for it. */
    List<ObjectKey> volumes(CsiVolume volume) {
        return volumes.of(volume.uniqueName());
    }

    /** Claims that name a PersistentVolume. */
    List<ObjectKey> claims(String volume) {
        return claims.of(volume);
    }

    /** Pods with a node that name a claim. */
    List<ObjectKey> pods(ObjectKey claim) {
        return pods.of(claim.namespace() + "/" + claim.name());
    }

    /** VolumeAttachments of a PersistentVolume. */
    List<ObjectKey> attachments(String volume) {
        return attachments.of(volume);
    }

    List<ObjectKey> attachmentsOnNode(String node) {
        return attachmentsOnNode.of(node);
    }

    /** Nodes that say it is attached to them. */
    List<ObjectKey> nodes(CsiVolume volume) {
        return nodes.of(volume.uniqueName());
    }

    /** The PersistentVolume that a claim names; empty for none. */
    static String volumeOf(Resource claim) {
        return Resource.text(claim.spec(), "volumeName");
    }

    /** The PersistentVolume that shall be attached; empty where the volume has no object. */
    static String sourceOf(Resource attachment) {
        return Resource.text(attachment.spec().path("source"), "persistentVolumeName");
    }

    private static List<String> claimsOf(Resource pod) {
        return PodLife.node(pod).isEmpty()
                ? List.of()
                : PodClaims.of(pod).stream().map(each -> pod.namespace() + "/" + each).toList();
    }
}
