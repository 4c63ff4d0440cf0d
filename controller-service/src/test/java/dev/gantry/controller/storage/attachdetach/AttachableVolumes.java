package dev.gantry.controller.storage.attachdetach;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Volumes of a driver, nodes and pods; and what a driver's attacher and a kubelet do. */
record AttachableVolumes(SimulatedApi api) {
    static final String DRIVER = "disks.example.com";
    static final GroupResource ATTACHMENTS = AttachDetachReconciler.ATTACHMENTS;
    static final GroupResource PODS = Resources.PODS;

    static CsiVolume csi(String volume) {
        return new CsiVolume(DRIVER, "handle-" + volume);
    }

    void node(String name) {
        api.create(
                Resources.NODES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Node','metadata':{'name':'%s'},'spec':{},
                         'status':{'conditions':[{'type':'Ready','status':'True'}]}}
                        """
                                .formatted(name)));
    }

    /** With a claim of the same name that it is bound to. */
    void volume(String name, String accessMode) {
        volume(name, accessMode, DRIVER);
    }

    void volume(String name, String accessMode, String driver) {
        Resource claim =
                api.create(
                        Resources.PERSISTENT_VOLUME_CLAIMS,
                        SimulatedApi.object(
                                """
                                {'apiVersion':'v1','kind':'PersistentVolumeClaim',
                                 'metadata':{'name':'%s','namespace':'default'},
                                 'spec':{'volumeName':'%s'},'status':{'phase':'Bound'}}
                                """
                                        .formatted(name, name)));
        api.create(
                Resources.PERSISTENT_VOLUMES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'%s'},
                         'spec':{'accessModes':['%s'],
                          'csi':{'driver':'%s','volumeHandle':'handle-%s'},
                          'claimRef':{'namespace':'default','name':'%s','uid':'%s'}},
                         'status':{'phase':'Bound'}}
                        """
                                .formatted(name, accessMode, driver, name, name, claim.uid())));
    }

    void driver(boolean isAttachRequired) {
        api.create(
                Resources.CSI_DRIVERS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'storage.k8s.io/v1','kind':'CSIDriver',
                         'metadata':{'name':'%s'},'spec':{'attachRequired':%s}}
                        """
                                .formatted(DRIVER, isAttachRequired)));
    }

    void pod(String name, String volume, String node) {
        pod("default", name, volume, node);
    }

    void pod(String namespace, String name, String volume, String node) {
        api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'%s','namespace':'%s'},
                         'spec':{'nodeName':'%s','volumes':[
                          {'name':'v','persistentVolumeClaim':{'claimName':'%s'}}]},
                         'status':{'phase':'Pending'}}
                        """
                                .formatted(name, namespace, node, volume)));
    }

    static ObjectKey podKey(String name) {
        return new ObjectKey(PODS, "default", name);
    }

    Resource node(ObjectKey key) {
        return api.get(key).orElseThrow();
    }

    Optional<Resource> attachment(String volume, String node) {
        return api.get(new ObjectKey(ATTACHMENTS, "", csi(volume).attachment(node)));
    }

    Set<String> listed(String node) {
        return NodeVolumes.listed(node(Views.nodeKey(node)));
    }

    /** As a driver's attacher does it: nothing is attached but with its finalizer. */
    void runAttacher() {
        for (Resource each : api.list(ATTACHMENTS)) {
            if (each.isBeingDeleted()) {
                api.drop(each.key(ATTACHMENTS));
            } else if (!each.status().path("attached").asBoolean(false)) {
                Resource own = each.copy();
                own.mutableMetadata().putArray("finalizers").add("external-attacher/disks");
                Resource held = api.update(ATTACHMENTS, own).copy();
                Resource.child(held.tree(), "status").put("attached", true);
                api.putStatus(ATTACHMENTS, held);
            }
        }
    }

    void attachError(String volume, String node, String message) {
        Resource failed = attachment(volume, node).orElseThrow().copy();
        ObjectNode status = Resource.child(failed.tree(), "status").put("attached", false);
        status.putObject("attachError")
                .put("message", message)
                .put("time", Conditions.timestamp(api.now()));
        api.putStatus(ATTACHMENTS, failed);
    }

    /** As a kubelet says what it has mounted. */
    void inUse(String node, Set<String> uniqueNames) {
        change(
                node,
                status -> {
                    var names = status.putArray("volumesInUse");
                    new TreeSet<>(uniqueNames).forEach(names::add);
                });
    }

    void healthy(String node, boolean isHealthy) {
        change(
                node,
                status ->
                        status.putArray("conditions")
                                .addObject()
                                .put("type", "Ready")
                                .put("status", isHealthy ? "True" : "Unknown"));
    }

    private void change(String node, Consumer<ObjectNode> how) {
        Resource next = node(Views.nodeKey(node)).copy();
        how.accept(Resource.child(next.tree(), "status"));
        api.putStatus(Resources.NODES, next);
    }

    void taint(String node, String key) {
        Resource next = node(Views.nodeKey(node)).copy();
        Resource.child(next.tree(), "spec")
                .putArray("taints")
                .addObject()
                .put("key", key)
                .put("effect", "NoExecute");
        api.update(Resources.NODES, next);
    }

    List<String> attachments() {
        return api.list(ATTACHMENTS).stream().map(Resource::name).toList();
    }
}
