package dev.gantry.simulation;

import dev.gantry.controller.storage.attachdetach.AttachDetachController;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Disks, pods that use them, three nodes, a driver's attacher and the controller: each disk has at
 * most one pod, here or there, and what is shared has one on each node.
 */
final class AttachmentWorld {
    static final GroupResource ATTACHMENTS = Kinds.VOLUME_ATTACHMENT.resource();
    static final List<String> NODES = List.of("n1", "n2", "n3");
    static final List<String> DISKS = List.of("disk-a", "disk-b");

    private static final GroupResource PODS = SimulatedState.PODS;
    private static final String SHARED = "shared";
    private static final String UNIQUE = "kubernetes.io/csi/disks.example.com^handle-";

    private final Random random;
    private final Faults faults;
    private final SimulatedState state;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Replica leader;
    private Replica standby;

    /** One process of the controllers. */
    private record Replica(SimulatedFeed feed, SimulatedControllerLoop loop) {}

    AttachmentWorld(long seed) {
        this.random = new Random(seed);
        this.faults = new Faults(random);
        this.state = new SimulatedState(now, new Invariants(seed));
        faults.percent(20);
        NODES.forEach(this::node);
        DISKS.forEach(each -> volume(each, "ReadWriteOnce"));
        volume(SHARED, "ReadWriteMany");
        leader = replica();
        standby = replica();
    }

    /** It knows nothing yet, not even what is in the log. */
    private Replica replica() {
        var controller = new AttachDetachController();
        var feed = new SimulatedFeed(state, new TreeSet<>(controller.watches()));
        return new Replica(feed, new SimulatedControllerLoop(controller, feed, state, faults));
    }

    /** The leader ends, and the other one leads from now on, however far behind it is. */
    private void takeOver() {
        leader = standby;
        leader.loop().takeOver();
        standby = replica();
    }

    /** News of one kind, or of none, do not come for a while. */
    private void stall() {
        List<GroupResource> kinds =
                List.of(ATTACHMENTS, PODS, ATTACHMENTS, SimulatedState.NODES, ATTACHMENTS);
        int which = random.nextInt(kinds.size() + 1);
        leader.feed()
                .stall(which < kinds.size() ? Optional.of(kinds.get(which)) : Optional.empty());
    }

    void misfortune() {
        switch (random.nextInt(60)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 -> live();
            case 18, 19, 20, 21, 22, 23 -> runAttacher();
            case 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39 ->
                    runKubelet(NODES.get(random.nextInt(NODES.size())));
            case 40 -> takeOver();
            case 41, 42 -> stall();
            default -> {}
        }
    }

    void step(Runnable check) {
        now = now.plusMillis(20 + random.nextInt(100));
        state.tick(now);
        if (random.nextInt(3) == 0) {
            leader.feed().advance(random);
        }
        if (random.nextInt(5) == 0) {
            standby.feed().advance(random);
        }
        int looks = random.nextInt(6);
        while (looks-- > 0 && leader.loop().step(now)) {
            check.run();
        }
    }

    /** Long enough for the longest back-off, with kubelets and attacher at work. */
    void recover(Runnable check) {
        faults.percent(0);
        leader.feed().stall(Optional.empty());
        Instant end = now.plusSeconds(60);
        while (now.isBefore(end)) {
            step(check);
            if (random.nextInt(20) == 0) {
                runAttacher();
                NODES.forEach(this::runKubelet);
            }
        }
    }

    long revision() {
        return state.revision();
    }

    /** VolumeAttachments of a disk, also those that go. */
    List<Resource> attachments(String volume) {
        return state.list(ATTACHMENTS).stream()
                .filter(
                        each ->
                                each.spec()
                                        .at("/source/persistentVolumeName")
                                        .asString("")
                                        .equals(volume))
                .toList();
    }

    /** Volumes that have a VolumeAttachment for the node that is attached and stays. */
    SortedSet<String> attached(String node) {
        SortedSet<String> found = new TreeSet<>();
        for (Resource each : state.list(ATTACHMENTS)) {
            if (Resource.text(each.spec(), "nodeName").equals(node)
                    && !each.isBeingDeleted()
                    && each.status().path("attached").asBoolean(false)) {
                found.add(each.spec().at("/source/persistentVolumeName").asString(""));
            }
        }
        return found;
    }

    /** Volumes that the node was told of. */
    SortedSet<String> listed(String node) {
        SortedSet<String> found = new TreeSet<>();
        nodeObject(node)
                .status()
                .path("volumesAttached")
                .forEach(each -> found.add(volumeNamed(Resource.text(each, "name"))));
        return found;
    }

    SortedSet<String> inUse(String node) {
        SortedSet<String> found = new TreeSet<>();
        nodeObject(node)
                .status()
                .path("volumesInUse")
                .forEach(each -> found.add(volumeNamed(each.asString(""))));
        return found;
    }

    /** Volumes that pods of the node want. */
    SortedSet<String> wanted(String node) {
        SortedSet<String> found = new TreeSet<>();
        podsOn(node).forEach(pod -> found.add(volumeOf(pod)));
        return found;
    }

    private static String volumeNamed(String unique) {
        return unique.substring(UNIQUE.length());
    }

    private void live() {
        String node = NODES.get(random.nextInt(NODES.size()));
        boolean isDisk = random.nextBoolean();
        String volume = isDisk ? DISKS.get(random.nextInt(DISKS.size())) : SHARED;
        String name = isDisk ? volume : volume + "-" + node;
        Optional<Resource> found = state.get(new ObjectKey(PODS, "default", name));
        if (found.isEmpty()) {
            pod(name, volume, node);
        } else {
            state.delete(found.get().key(PODS), found.get().uid(), "Background");
        }
    }

    /** As a driver's attacher does it: nothing is attached but with its finalizer. */
    private void runAttacher() {
        for (Resource each : state.list(ATTACHMENTS)) {
            Resource next = each.copy();
            if (each.isBeingDeleted()) {
                next.mutableMetadata().putArray("finalizers");
                state.update(ATTACHMENTS, next);
            } else if (!each.status().path("attached").asBoolean(false)) {
                next.mutableMetadata().putArray("finalizers").add("attacher/disks");
                Resource held = state.update(ATTACHMENTS, next).copy();
                Resource.child(held.tree(), "status").put("attached", true);
                state.putStatus(ATTACHMENTS, held);
            }
        }
    }

    /**
     * Says that it uses a volume before it mounts it, mounts what it was told of alone, and lets a
     * pod go once it says that it uses the pod's volume no more.
     */
    private void runKubelet(String node) {
        Set<String> listed = listed(node);
        SortedSet<String> using = new TreeSet<>();
        for (Resource pod : podsOn(node)) {
            if (!pod.isBeingDeleted() && listed.contains(volumeOf(pod))) {
                using.add(volumeOf(pod));
            }
        }
        if (!using.equals(inUse(node))) {
            Resource next = nodeObject(node).copy();
            ArrayNode names = Resource.child(next.tree(), "status").putArray("volumesInUse");
            using.forEach(each -> names.add(UNIQUE + each));
            state.putStatus(SimulatedState.NODES, next);
        }
        for (Resource pod : podsOn(node)) {
            if (pod.isBeingDeleted()) {
                state.perform(new Action.Remove(pod.key(PODS), pod.uid()));
            }
        }
    }

    private List<Resource> podsOn(String node) {
        return state.list(PODS).stream()
                .filter(pod -> SchedulingWorld.nodeOf(pod).equals(node))
                .toList();
    }

    private static String volumeOf(Resource pod) {
        return pod.spec().at("/volumes/0/persistentVolumeClaim/claimName").asString("");
    }

    private Resource nodeObject(String name) {
        return state.get(new ObjectKey(SimulatedState.NODES, "", name)).orElseThrow();
    }

    private void node(String name) {
        state.createReadyNode(name);
        Resource node = nodeObject(name).copy();
        Resource.child(node.tree(), "status")
                .putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "True");
        state.putStatus(SimulatedState.NODES, node);
    }

    private void volume(String name, String mode) {
        Resource claim =
                state.create(
                                Resources.PERSISTENT_VOLUME_CLAIMS,
                                DeviceObjects.object(
                                        """
                                        {'metadata':{'name':'%s','namespace':'default'},
                                         'spec':{'volumeName':'%s','accessModes':['%s'],
                                          'resources':{'requests':{'storage':'1Gi'}}}}
                                        """
                                                .formatted(name, name, mode)))
                        .copy();
        Resource.child(claim.tree(), "status").put("phase", "Bound");
        state.putStatus(Resources.PERSISTENT_VOLUME_CLAIMS, claim);
        ObjectNode volume =
                DeviceObjects.object(
                                """
                                {'metadata':{'name':'%s'},
                                 'spec':{'accessModes':['%s'],'capacity':{'storage':'1Gi'},
                                  'csi':{'driver':'disks.example.com','volumeHandle':'handle-%s'},
                                  'claimRef':{'namespace':'default','name':'%s','uid':'%s'}}}
                                """
                                        .formatted(name, mode, name, name, claim.uid()))
                        .tree();
        state.create(Resources.PERSISTENT_VOLUMES, new Resource(volume));
    }

    private void pod(String name, String volume, String node) {
        state.create(
                PODS,
                DeviceObjects.object(
                        """
                        {'metadata':{'name':'%s','namespace':'default'},
                         'spec':{'nodeName':'%s','containers':[{'name':'c','image':'v1'}],
                          'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'%s'}}]}}
                        """
                                .formatted(name, node, volume)));
    }
}
