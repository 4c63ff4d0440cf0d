package dev.gantry.controller.storage.attachdetach;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.storage.persistentvolume.PodClaims;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reconciles CSI volumes, each under the key of its PersistentVolume. */
public final class AttachDetachController implements Controller {
    private static final GroupResource ATTACHMENTS = AttachDetachReconciler.ATTACHMENTS;
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;

    private final References references = new References();
    private final Memory memory = new Memory();
    private final Views views = new Views(references, memory);
    private final AttachDetachReconciler reconciler = new AttachDetachReconciler();

    @Override
    public String component() {
        return "attachdetach-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(
                VOLUMES,
                CLAIMS,
                ATTACHMENTS,
                Resources.PODS,
                Resources.NODES,
                Resources.CSI_DRIVERS);
    }

    /** A volume for one node that the leader before gave to another would be given twice. */
    @Override
    public Set<GroupResource> knownBeforeLeading() {
        return Set.of(ATTACHMENTS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        references.hear(change);
        Stream<String> volumes;
        if (change.isOf(VOLUMES)) {
            volumes = Stream.of(change.key().name());
            inBoth(change, each -> regroup(each, enqueue));
        } else if (change.isOf(CLAIMS)) {
            volumes = claimChanged(change);
        } else if (change.isOf(ATTACHMENTS)) {
            volumes = attachmentChanged(change, cluster);
        } else if (change.isOf(Resources.PODS)) {
            volumes =
                    VolumeUse.isNews(change) ? volumesOf(change.newest(), cluster) : Stream.empty();
        } else if (change.isOf(Resources.NODES)) {
            volumes = nodeChanged(change, cluster);
        } else {
            volumes = volumesOfDriver(change.key().name(), cluster);
        }
        volumes.filter(each -> !each.isEmpty())
                .flatMap(each -> views.key(each, cluster).stream())
                .forEach(enqueue);
    }

    private static void inBoth(Change change, Consumer<Resource> what) {
        change.before().ifPresent(what);
        change.after().ifPresent(what);
    }

    /** Another PersistentVolume may now be the one under whose name is decided. */
    private void regroup(Resource volume, Consumer<ObjectKey> enqueue) {
        CsiVolume.of(volume).stream()
                .flatMap(csi -> references.volumes(csi).stream().limit(1))
                .forEach(enqueue);
    }

    private static Stream<String> claimChanged(Change change) {
        List<String> names = new ArrayList<>();
        inBoth(change, each -> names.add(References.volumeOf(each)));
        boolean isSame =
                change.before().map(Resource::status).equals(change.after().map(Resource::status))
                        && change.before()
                                .map(References::volumeOf)
                                .equals(change.after().map(References::volumeOf));
        return isSame ? Stream.empty() : names.stream().distinct();
    }

    private Stream<String> attachmentChanged(Change change, ClusterReader cluster) {
        Resource attachment = change.newest();
        String volume = References.sourceOf(attachment);
        views.key(volume, cluster)
                .ifPresent(
                        key -> memory.heard(key.name(), change.key(), change.after().isPresent()));
        String node = Resource.text(attachment.spec(), "nodeName");
        if (references.attachmentsOnNode(node).isEmpty()) {
            memory.forgetNode(node);
        }
        return Stream.of(volume);
    }

    private static Stream<String> volumesOf(Resource pod, ClusterReader cluster) {
        return PodClaims.of(pod).stream()
                .map(name -> new ObjectKey(CLAIMS, pod.namespace(), name))
                .flatMap(key -> cluster.get(key).stream())
                .map(References::volumeOf);
    }

    private Stream<String> nodeChanged(Change change, ClusterReader cluster) {
        Resource node = change.newest();
        List<ObjectKey> attachments = references.attachmentsOnNode(node.name());
        if (change.after().isEmpty() && !attachments.isEmpty()) {
            memory.nodeGone(node);
        } else if (change.after().isPresent()) {
            memory.forgetNode(node.name());
        }
        Stream<String> told =
                NodeVolumes.changed(change).stream()
                        .flatMap(name -> CsiVolume.named(name).stream())
                        .flatMap(csi -> volumesOf(csi, node, cluster));
        if (!NodeVolumes.isOtherwise(change)) {
            return told.distinct();
        }
        Stream<String> attached =
                attachments.stream()
                        .flatMap(key -> cluster.get(key).stream())
                        .map(References::sourceOf);
        Stream<String> needed =
                change.before().isPresent()
                        ? Stream.empty()
                        : cluster.podsOn(node.name()).stream()
                                .flatMap(pod -> volumesOf(pod, cluster));
        return Stream.of(told, attached, needed).flatMap(each -> each).distinct();
    }

    /** Of one that is gone, its VolumeAttachment still tells the name. */
    private Stream<String> volumesOf(CsiVolume csi, Resource node, ClusterReader cluster) {
        List<ObjectKey> known = references.volumes(csi);
        if (!known.isEmpty()) {
            return Stream.of(known.getFirst().name());
        }
        return cluster
                .get(new ObjectKey(ATTACHMENTS, "", csi.attachment(node.name())))
                .map(References::sourceOf)
                .stream();
    }

    private static Stream<String> volumesOfDriver(String driver, ClusterReader cluster) {
        return cluster.list(VOLUMES).stream()
                .filter(
                        each ->
                                CsiVolume.of(each)
                                        .filter(csi -> csi.driver().equals(driver))
                                        .isPresent())
                .map(Resource::name);
    }

    /**
     * A node may have begun to use what no pod seems to need; what seems to be attached may have
     * been detached a moment ago; a volume that seems to be gone may have been made; and what was
     * made without an answer may be there.
     */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        AttachDetachView view = views.of(key.name(), cluster);
        List<ObjectKey> doubtful = new ArrayList<>(memory.created(key.name()));
        for (Attachment each : view.attachments()) {
            if (each.isThere() && !each.isGoing() && !each.isNeeded()) {
                doubtful.add(Views.nodeKey(each.nodeName()));
            } else if (each.isAttached() && each.isNeeded() && !each.isListed()) {
                doubtful.add(each.object().orElseThrow().key(ATTACHMENTS));
            }
        }
        if (view.object().isEmpty() && !view.attachments().isEmpty()) {
            doubtful.add(key);
        }
        return LiveReads.objects(doubtful);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        AttachDetachView view = memory.timed(views.of(key.name(), cluster), now);
        Plan<Action> plan = reconciler.reconcile(view, now);
        memory.plans(view, plan);
        return plan;
    }
}
