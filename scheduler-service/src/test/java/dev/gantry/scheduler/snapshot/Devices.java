package dev.gantry.scheduler.snapshot;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Optional;

/** Device objects for tests; the driver is always {@code gpu.example.com}. */
public final class Devices {
    private Devices() {}

    public static void deviceClass(ClusterSnapshot snapshot, String name, String moreSpec) {
        tell(
                snapshot,
                Kinds.DEVICE_CLASS,
                Sample.object("{'metadata':{'name':'%s'},'spec':{%s}}".formatted(name, moreSpec)));
    }

    /** A pool of one slice on one node, with the node's name. */
    public static void slice(ClusterSnapshot snapshot, String node, String... devices) {
        poolOf(snapshot, node, "'nodeName':'%s'".formatted(node), devices);
    }

    /** A pool of one slice. */
    public static void poolOf(
            ClusterSnapshot snapshot, String pool, String moreSpec, String... devices) {
        tell(
                snapshot,
                Kinds.RESOURCE_SLICE,
                Sample.object(
                        """
                        {'metadata':{'name':'slice-%s'},'spec':{'driver':'gpu.example.com',
                         'pool':{'name':'%s','generation':1,'resourceSliceCount':1},%s,
                         'devices':[%s]}}
                        """
                                .formatted(pool, pool, moreSpec, String.join(",", devices))));
    }

    public static String device(String name, String attributes) {
        return "{'name':'%s','attributes':{%s}}".formatted(name, attributes);
    }

    /** A claim with these requests; what else its devices have is in {@code more}. */
    public static Resource claim(String name, String requests, String more) {
        return Sample.object(
                """
                {'metadata':{'name':'%s','namespace':'default','uid':'uid-%s','resourceVersion':'3'},
                 'spec':{'devices':{'requests':[%s]%s}}}
                """
                        .formatted(name, name, requests, more));
    }

    public static String request(String name, String more) {
        return "{'name':'%s','exactly':{'deviceClassName':'gpu'%s}}".formatted(name, more);
    }

    public static void claim(ClusterSnapshot snapshot, Resource claim) {
        tell(snapshot, Kinds.RESOURCE_CLAIM, claim);
    }

    public static PodInfo pod(String name, String... claims) {
        StringBuilder all = new StringBuilder();
        for (String each : claims) {
            all.append(all.isEmpty() ? "" : ",")
                    .append("{'name':'%s','resourceClaimName':'%s'}".formatted(each, each));
        }
        return Sample.podInfo(name, "100m", "1Gi", ",'resourceClaims':[" + all + "]");
    }

    public static void tell(ClusterSnapshot snapshot, Kind kind, Resource object) {
        snapshot.tell(object.key(kind.resource()), Optional.of(object));
    }
}
