package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.controller.storage.volumeprotection.PvProtectionController;
import dev.gantry.controller.storage.volumeprotection.PvcProtectionController;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;

/** Volumes, claims, classes and pods, and the controllers that look after them. */
final class StorageObjects {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource CLASSES = Resources.STORAGE_CLASSES;
    private static final GroupResource PODS = Resources.PODS;

    private final SimulatedApi api =
            new SimulatedApi(
                    new PersistentVolumeController(),
                    new PvProtectionController(),
                    new PvcProtectionController());

    SimulatedApi api() {
        return api;
    }

    Resource volume(String name) {
        return api.get(new ObjectKey(VOLUMES, "", name)).orElseThrow();
    }

    /** The volume as it is once somebody has chosen it for the claim. */
    Resource chosen(String volume, String claim) {
        Resource chosen = volume(volume).copy();
        Resource.child(chosen.tree(), "spec")
                .putObject("claimRef")
                .put("namespace", "default")
                .put("name", claim)
                .put("uid", claim(claim).uid().value());
        return chosen;
    }

    Resource claim(String name) {
        return api.get(key(CLAIMS, name)).orElseThrow();
    }

    Resource storageClass(String name, String provisioner, String mode) {
        return api.create(
                CLASSES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'storage.k8s.io/v1','kind':'StorageClass',
                         'metadata':{'name':'%s'},'provisioner':'%s','volumeBindingMode':'%s'}
                        """
                                .formatted(name, provisioner, mode)));
    }

    Resource pod(String name, String claim) {
        return api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'%s','namespace':'default'},
                         'spec':{'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'%s'}}]},
                         'status':{}}
                        """
                                .formatted(name, claim)));
    }

    static ObjectKey key(GroupResource resource, String name) {
        return new ObjectKey(resource, "default", name);
    }

    Resource volume(String name, String size, String more) {
        String modes = more.contains("accessModes") ? "" : "'accessModes':['ReadWriteOnce'],";
        return api.create(
                VOLUMES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolume',
                         'metadata':{'name':'%s','labels':{'tier':'gold'}},
                         'spec':{%s'capacity':{'storage':'%s'}%s},'status':{'phase':'Pending'}}
                        """
                                .formatted(name, modes, size, more)));
    }

    Resource claim(String name, String size, String more) {
        String modes = more.contains("accessModes") ? "" : "'accessModes':['ReadWriteOnce'],";
        return api.create(
                CLAIMS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolumeClaim',
                         'metadata':{'name':'%s','namespace':'default'},
                         'spec':{%s'resources':{'requests':{'storage':'%s'}}%s},
                         'status':{'phase':'Pending'}}
                        """
                                .formatted(name, modes, size, more)));
    }
}
