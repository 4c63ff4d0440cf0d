package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.Sample;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clusters from a seed, small and crowded, so that every rule rejects often. */
public final class RandomObjects {
    private final Random random;

    public RandomObjects(long seed) {
        this.random = new Random(seed);
    }

    public ClusterObjects cluster(int nodes, int pods) {
        List<Resource> objects = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            objects.add(node("node-" + i));
        }
        for (int i = 0; i < pods; i++) {
            objects.add(pod("pod-" + i, ",'nodeName':'node-%d'".formatted(random.nextInt(nodes))));
        }
        if (random.nextBoolean()) {
            objects.add(
                    Sample.pod(
                            "user",
                            "100m",
                            ",'nodeName':'node-0','volumes':[{'name':'d',"
                                    + "'persistentVolumeClaim':{'claimName':'once'}}]"));
        }
        objects.addAll(storage());
        objects.addAll(devices(nodes));
        return ClusterObjects.of(objects);
    }

    /** Claims of every kind, and a few volumes for some of them. */
    private List<Resource> storage() {
        List<Resource> all = new ArrayList<>();
        all.add(
                Sample.object(
                        "{'apiVersion':'storage.k8s.io/v1','kind':'StorageClass',"
                                + "'metadata':{'name':'late'},'provisioner':"
                                + "'kubernetes.io/no-provisioner',"
                                + "'volumeBindingMode':'WaitForFirstConsumer'}"));
        all.add(claim("at-once", "'storageClassName':'soon'", ""));
        all.add(claim("late", "'storageClassName':'late'", ""));
        all.add(claim("bound", "'volumeName':'v-bound'", ""));
        all.add(claim("once", "'volumeName':'v-once'", "Pod"));
        all.add(volume("v-bound", "'claimRef':{'namespace':'default','name':'bound'},"));
        all.add(volume("v-once", "'claimRef':{'namespace':'default','name':'once'},"));
        if (random.nextBoolean()) {
            all.add(volume("v-late", "'storageClassName':'late',"));
        }
        return all;
    }

    private static Resource claim(String name, String spec, String mode) {
        String bound =
                spec.contains("volumeName")
                        ? "'annotations':{'pv.kubernetes.io/bind-completed':'yes'},"
                        : "";
        return Sample.object(
                """
                {'apiVersion':'v1','kind':'PersistentVolumeClaim',
                 'metadata':{'name':'%s','namespace':'default',%s'uid':'uid-%s'},
                 'spec':{%s,'accessModes':['ReadWriteOnce%s'],
                   'resources':{'requests':{'storage':'1Gi'}}}}
                """
                        .formatted(name, bound, name, spec, mode));
    }

    /** Reached from one zone only. */
    private Resource volume(String name, String spec) {
        return Sample.object(
                """
                {'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'%s','uid':'uid-%s'},
                 'spec':{%s'capacity':{'storage':'2Gi'},'accessModes':['ReadWriteOnce'],
                   'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':[
                     {'key':'zone','operator':'In','values':['%s']}]}]}}},
                 'status':{'phase':'Available'}}
                """
                        .formatted(name, name, spec, pick("x", "y")));
    }

    /** Some nodes have two devices, of which a pod that is there holds one. */
    private List<Resource> devices(int nodes) {
        List<Resource> all = new ArrayList<>();
        all.add(
                Sample.object(
                        "{'apiVersion':'resource.k8s.io/v1','kind':'DeviceClass','metadata':"
                                + "{'name':'gpu'},'spec':{'extendedResourceName':'example.com/gpu'}}"));
        all.add(deviceClaim("free-claim", ""));
        for (int i = 0; i < nodes; i += 2) {
            all.add(
                    Sample.object(
                            """
                            {'apiVersion':'resource.k8s.io/v1','kind':'ResourceSlice',
                             'metadata':{'name':'slice-%1$d'},
                             'spec':{'driver':'gpu.example.com','nodeName':'node-%1$d',
                               'pool':{'name':'node-%1$d','generation':1,'resourceSliceCount':1},
                               'devices':[{'name':'one'},{'name':'two'}]}}
                            """
                                    .formatted(i)));
            all.add(holder(i));
            all.add(
                    deviceClaim(
                            "held-" + i,
                            """
                            ,'status':{'reservedFor':[
                                 {'resource':'pods','name':'holder-%1$d','uid':'uid-holder-%1$d'}],
                               'allocation':{'devices':{'results':[{'request':'r',
                                 'driver':'gpu.example.com','pool':'node-%1$d','device':'one'}]}}}
                            """
                                    .formatted(i)));
        }
        return all;
    }

    private static Resource holder(int node) {
        return Sample.pod(
                "holder-" + node,
                "100m",
                ",'nodeName':'node-%1$d','resourceClaims':[{'name':'r','resourceClaimName':'held-%1$d'}]"
                        .formatted(node));
    }

    private static Resource deviceClaim(String name, String status) {
        return Sample.object(
                """
                {'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim',
                 'metadata':{'name':'%1$s','namespace':'default','uid':'uid-%1$s'},
                 'spec':{'devices':{'requests':[
                   {'name':'r','exactly':{'deviceClassName':'gpu'}}]}}%2$s}
                """
                        .formatted(name, status));
    }

    /** A pod that needs volumes or devices beside all else. */
    public Resource attached(String name) {
        String volume =
                ",'volumes':[{'name':'d','persistentVolumeClaim':{'claimName':'%s'}}]"
                        .formatted(pick("none", "at-once", "late", "bound", "once"));
        String device =
                ",'resourceClaims':[{'name':'r','resourceClaimName':'%s'}]"
                        .formatted(pick("none", "free-claim"));
        Resource made = pod(name, pick("", volume, volume, device, volume + device));
        String gpus =
                pick(
                        "",
                        ",'example.com/gpu':'1'",
                        ",'example.com/gpu':'3'",
                        ",'example.com/nic':'1'");
        return Sample.object(
                made.tree()
                        .toString()
                        .replace(
                                "\"memory\":\"100Mi\"",
                                "\"memory\":\"100Mi\"" + gpus.replace('\'', '"')));
    }

    private Resource node(String name) {
        String spec =
                pick(
                        "",
                        "",
                        "'unschedulable':true",
                        "'taints':[{'key':'dedicated','value':'gpu','effect':'NoSchedule'}]",
                        "'taints':[{'key':'a','effect':'NoSchedule'},{'key':'b','effect':'NoExecute'}]",
                        "'taints':[{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'}]");
        String labels = ",'zone':'%s'%s".formatted(pick("x", "y", "z"), pick("", ",'disk':'ssd'"));
        return Sample.node(name, 1 + random.nextInt(6), spec, labels);
    }

    public Resource pod(String name, String spec) {
        String rules = pick("", "", selector(), neighbours(), spread(), affinity());
        String tolerations =
                pick("", "", ",'tolerations':[{'key':'dedicated','operator':'Exists'}]");
        String priority = ",'priority':" + pick("0", "10", "100");
        Resource made =
                Sample.pod(
                        pick("web-", "db-") + name,
                        pick("100m", "700m", "1500m", "4", "9"),
                        rules + tolerations + priority + spec);
        return random.nextInt(4) > 0
                ? made
                : Sample.object(
                        made.tree()
                                .toString()
                                .replace(
                                        "\"name\":\"c\"",
                                        "\"name\":\"c\",\"ports\":[{\"hostPort\":80}]"));
    }

    private String selector() {
        return pick(",'nodeSelector':{'disk':'ssd'}", ",'nodeSelector':{'zone':'x','disk':'ssd'}");
    }

    private String affinity() {
        return ",'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                + "{'nodeSelectorTerms':[{'matchExpressions':[{'key':'zone','operator':'%s',"
                        .formatted(pick("In", "NotIn"))
                + "'values':['x','y']}]}]}}}";
    }

    private String neighbours() {
        return ",'affinity':{'%s':{'requiredDuringSchedulingIgnoredDuringExecution':["
                        .formatted(pick("podAffinity", "podAntiAffinity"))
                + "{'topologyKey':'%s','labelSelector':{'matchLabels':{'app':'%s'}}}]}}"
                        .formatted(pick("zone", "kubernetes.io/hostname"), pick("web", "db"));
    }

    private String spread() {
        return ",'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone',"
                + "'whenUnsatisfiable':'DoNotSchedule',"
                + "'labelSelector':{'matchLabels':{'app':'%s'}}}]".formatted(pick("web", "db"));
    }

    private String pick(String... all) {
        return all[random.nextInt(all.length)];
    }
}
