package dev.gantry.scheduler.snapshot;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Optional;

/** Storage objects for tests. What is left open is written into {@code more}. */
public final class Storage {
    private Storage() {}

    public static Resource claim(String name, String storageClass, String size, String more) {
        return Sample.object(
                """
                {'metadata':{'name':'%s','namespace':'default','uid':'uid-%s','resourceVersion':'3'},
                 'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'%s',
                   'resources':{'requests':{'storage':'%s'}}}%s}
                """
                        .formatted(name, name, storageClass, size, more));
    }

    /** As a claim is once it has its volume. */
    public static Resource boundClaim(String name, String volume, String mode) {
        return Sample.object(
                """
                {'metadata':{'name':'%s','namespace':'default','uid':'uid-%s','resourceVersion':'4',
                   'annotations':{'pv.kubernetes.io/bind-completed':'yes',
                     'volume.kubernetes.io/selected-node':'a'}},
                 'spec':{'accessModes':['%s'],'storageClassName':'slow','volumeName':'%s'}}
                """
                        .formatted(name, name, mode, volume));
    }

    public static Resource volume(String name, String storageClass, String size, String more) {
        return Sample.object(
                """
                {'metadata':{'name':'%s','uid':'uid-%s','resourceVersion':'5'},
                 'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'%s',
                   'capacity':{'storage':'%s'}%s},
                 'status':{'phase':'Available'}}
                """
                        .formatted(name, name, storageClass, size, more));
    }

    /** To be added to a volume: only this node reaches it. */
    public static String on(String node) {
        return """
        ,'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':[
          {'key':'kubernetes.io/hostname','operator':'In','values':['%s']}]}]}}
        """
                .formatted(node);
    }

    public static Resource storageClass(String name, String provisioner, String more) {
        return Sample.object(
                """
                {'metadata':{'name':'%s'},'provisioner':'%s',
                 'volumeBindingMode':'WaitForFirstConsumer'%s}
                """
                        .formatted(name, provisioner, more));
    }

    public static void tell(ClusterSnapshot snapshot, Kind kind, Resource object) {
        snapshot.tell(key(kind, object), Optional.of(object));
    }

    public static ObjectKey key(Kind kind, Resource object) {
        return object.key(kind.resource());
    }

    /** To be added to a pod: the claims as its volumes. */
    public static String volumes(String... claims) {
        StringBuilder all = new StringBuilder();
        for (String each : claims) {
            all.append(all.isEmpty() ? "" : ",")
                    .append(
                            "{'name':'v-%s','persistentVolumeClaim':{'claimName':'%s'}}"
                                    .formatted(each, each));
        }
        return ",'volumes':[" + all + "]";
    }
}
