package dev.gantry.controller.storage.attachdetach;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts together what a decision about one volume may see. */
record Views(References references, Memory memory) {
    /**
     * The PersistentVolume under whose name all that concerns this one is decided: the first of
     * those that stand for the same volume. Empty where nothing has to be attached.
     */
    Optional<ObjectKey> key(String volume, ClusterReader cluster) {
        Optional<Resource> found = cluster.get(volumeKey(volume));
        if (found.isEmpty()) {
            return Optional.of(volumeKey(volume));
        }
        return CsiVolume.of(found.get())
                .map(csi -> references.volumes(csi).stream().findFirst().orElse(volumeKey(volume)));
    }

    static ObjectKey volumeKey(String volume) {
        return new ObjectKey(Resources.PERSISTENT_VOLUMES, "", volume);
    }

    static ObjectKey nodeKey(String name) {
        return new ObjectKey(Resources.NODES, "", name);
    }

    /**
     * @param name of the PersistentVolume, as {@link #key} tells it
     */
    AttachDetachView of(String name, ClusterReader cluster) {
        Optional<Resource> volume = cluster.get(volumeKey(name));
        Optional<CsiVolume> known = volume.flatMap(CsiVolume::of);
        SortedMap<String, Resource> objects = objects(name, known, cluster);
        Optional<CsiVolume> csi = known.or(() -> told(objects, cluster));
        SortedMap<String, List<Resource>> pods = pods(name, known, cluster);
        SortedSet<String> nodes = new TreeSet<>(objects.keySet());
        nodes.addAll(pods.keySet());
        csi.ifPresent(each -> references.nodes(each).forEach(key -> nodes.add(key.name())));
        List<Attachment> attachments = new ArrayList<>();
        for (String node : nodes) {
            attachments.add(
                    attachment(
                            cluster.get(nodeKey(node)),
                            node,
                            csi,
                            Optional.ofNullable(objects.get(node)),
                            pods.getOrDefault(node, List.of())));
        }
        return new AttachDetachView(name, volume, csi, List.copyOf(attachments), memory.told(name));
    }

    private Attachment attachment(
            Optional<Resource> node,
            String nodeName,
            Optional<CsiVolume> csi,
            Optional<Resource> object,
            List<Resource> pods) {
        String unique = csi.map(CsiVolume::uniqueName).orElse("");
        boolean isInUse =
                node.map(found -> NodeVolumes.inUse(found).contains(unique))
                        .orElseGet(() -> memory.wasInUse(nodeName, csi));
        return new Attachment(
                nodeName,
                node,
                object,
                node.isPresent() ? pods : List.of(),
                node.filter(found -> NodeVolumes.listed(found).contains(unique)).isPresent(),
                isInUse,
                Optional.empty());
    }

    /** VolumeAttachments that this controller made, by their nodes. */
    private SortedMap<String, Resource> objects(
            String name, Optional<CsiVolume> csi, ClusterReader cluster) {
        SortedMap<String, Resource> found = new TreeMap<>();
        Stream.concat(
                        names(name, csi).stream()
                                .flatMap(each -> references.attachments(each).stream()),
                        memory.created(name).stream())
                .flatMap(key -> cluster.get(key).stream())
                .filter(each -> isOwn(each, csi))
                .forEach(each -> found.put(nodeOf(each), each));
        return found;
    }

    private Set<String> names(String name, Optional<CsiVolume> csi) {
        Set<String> names = new TreeSet<>(Set.of(name));
        csi.ifPresent(each -> references.volumes(each).forEach(key -> names.add(key.name())));
        return names;
    }

    private static boolean isOwn(Resource attachment, Optional<CsiVolume> csi) {
        return csi.map(each -> each.attachment(nodeOf(attachment)).equals(attachment.name()))
                .orElseGet(() -> CsiVolume.isAttachmentName(attachment.name()));
    }

    private static String nodeOf(Resource attachment) {
        return Resource.text(attachment.spec(), "nodeName");
    }

    /** What a volume was that is gone, by a node that still speaks of it. */
    private static Optional<CsiVolume> told(
            SortedMap<String, Resource> objects, ClusterReader cluster) {
        return objects.entrySet().stream()
                .flatMap(
                        each ->
                                cluster.get(nodeKey(each.getKey())).stream()
                                        .flatMap(Views::volumesOf)
                                        .filter(csi -> isOwn(each.getValue(), Optional.of(csi))))
                .findFirst();
    }

    private static Stream<CsiVolume> volumesOf(Resource node) {
        return Stream.of(NodeVolumes.listed(node), NodeVolumes.inUse(node))
                .flatMap(Set::stream)
                .flatMap(name -> CsiVolume.named(name).stream());
    }

    /** Pods that need the volume, by their nodes. */
    private SortedMap<String, List<Resource>> pods(
            String name, Optional<CsiVolume> csi, ClusterReader cluster) {
        SortedMap<String, List<Resource>> found = new TreeMap<>();
        if (csi.filter(each -> !isAttachable(each, cluster)).isPresent()) {
            return found;
        }
        for (String each : names(name, csi)) {
            for (ObjectKey key : references.claims(each)) {
                cluster.get(key)
                        .filter(claim -> isBound(claim, cluster.get(volumeKey(each))))
                        .ifPresent(claim -> addPods(claim, cluster, found));
            }
        }
        return found;
    }

    /** Compat: a driver that says nothing has its volumes attached. */
    private static boolean isAttachable(CsiVolume csi, ClusterReader cluster) {
        return cluster.get(new ObjectKey(Resources.CSI_DRIVERS, "", csi.driver()))
                .map(driver -> driver.spec().path("attachRequired").asBoolean(true))
                .orElse(true);
    }

    /** What a claim had before its volume was taken from under it stays as it is. */
    private static boolean isBound(Resource claim, Optional<Resource> volume) {
        return volume.isEmpty()
                || Resource.text(claim.status(), "phase").equals("Bound")
                        && Resource.text(volume.get().spec().path("claimRef"), "uid")
                                .equals(claim.uid().value());
    }

    private void addPods(
            Resource claim, ClusterReader cluster, SortedMap<String, List<Resource>> found) {
        for (ObjectKey key : references.pods(claim.key(Resources.PERSISTENT_VOLUME_CLAIMS))) {
            cluster.get(key)
                    .filter(pod -> VolumeUse.isOf(pod) && VolumeUse.uses(pod, claim))
                    .ifPresent(
                            pod ->
                                    found.computeIfAbsent(PodLife.node(pod), _ -> new ArrayList<>())
                                            .add(pod));
        }
    }
}
