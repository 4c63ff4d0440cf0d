package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Clusters, pods and disturbances from one seed, small enough that every rule bites often. */
final class RandomCluster {
    private static final String SOFT = "ScheduleAnyway";

    private final Random random;
    private int pods;

    RandomCluster(long seed) {
        this.random = new Random(seed);
    }

    List<NodeFacts> nodes(int count) {
        List<NodeFacts> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node("node-" + i));
        }
        return nodes;
    }

    NodeFacts node(String name) {
        String taints =
                pick(
                        "",
                        "",
                        "'taints':[{'key':'dedicated','value':'gpu','effect':'NoSchedule'}]",
                        "'taints':[{'key':'old','effect':'PreferNoSchedule'}]",
                        "'taints':[{'key':'old','effect':'PreferNoSchedule'},"
                                + "{'key':'dedicated','effect':'PreferNoSchedule'}]",
                        "'unschedulable':true",
                        "'taints':[{'key':'gone','effect':'NoExecute'}]");
        String json =
                """
                {'metadata':{'name':'%1$s','labels':{%8$s'host':'%1$s','kubernetes.io/hostname':'%1$s','disk':'%2$s','size':'%3$d'}},
                 'spec':{%4$s},
                 'status':{%9$s'allocatable':{'cpu':'%5$d','memory':'%6$dGi','pods':'%7$d','gantry.dev/gpu':'%10$d'}}}
                """
                        .formatted(
                                name,
                                pick("ssd", "hdd"),
                                random.nextInt(9),
                                taints,
                                1 + random.nextInt(8),
                                1 + random.nextInt(16),
                                1 + random.nextInt(12),
                                zone(pick("a", "b", "c", "")),
                                pick("", images("i:1", 900), images("i:1", 700), both()),
                                random.nextInt(3));
        return NodeFacts.of(Sample.object(json));
    }

    private static String images(String name, int megabytes) {
        return "'images':[%s],".formatted(image(name, megabytes));
    }

    private static String both() {
        return "'images':[%s,%s],".formatted(image("i:1", 900), image("j:latest", 300));
    }

    private static String image(String name, int megabytes) {
        return "{'names':['%s'],'sizeBytes':%d000000}".formatted(name, megabytes);
    }

    private static String zone(String zone) {
        return zone.isEmpty()
                ? ""
                : "'zone':'%1$s','topology.kubernetes.io/zone':'%1$s',".formatted(zone);
    }

    PodInfo pod() {
        String name = "pod-" + pods++;
        String owner = pick("", "rs-1", "rs-2", "rs-3");
        String owners =
                owner.isEmpty()
                        ? ""
                        : ",'ownerReferences':[{'uid':'%s','controller':true}]".formatted(owner);
        String json =
                """
                {'metadata':{'name':'%s','namespace':'%s','uid':'u-%s','labels':{'app':'%s'}%s%s},
                 'spec':{'containers':[{'name':'c','image':'%s','resources':{'requests':{%s}}%s}]%s%s%s}}
                """
                        .formatted(
                                name,
                                pick("default", "other"),
                                name,
                                pick("x", "y"),
                                chance(10) ? ",'deletionTimestamp':'2026-01-01T00:00:00Z'" : "",
                                owners,
                                pick("i:1", "j"),
                                requests(),
                                ports(),
                                scores(),
                                tolerations(),
                                spread());
        return PodSighting.of(Sample.object(json)).info();
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String requests() {
        return pick(
                "",
                "'cpu':'100m','memory':'200Mi'",
                "'cpu':'1500m'",
                "'memory':'3Gi'",
                "'cpu':'500m','gantry.dev/gpu':'1'",
                "'cpu':'9'");
    }

    private String ports() {
        return pick(
                "",
                "",
                ",'ports':[{'containerPort':80,'hostPort':80}]",
                ",'ports':[{'hostPort':80,'hostIP':'10.0.0.1'}]");
    }

    private String scores() {
        return pick(
                "",
                neighbours(),
                ",'nodeSelector':{'zone':'a'}",
                affinity(
                        "'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':["
                                + "{'matchExpressions':[{'key':'size','operator':'Gt','values':['4']}]},"
                                + "{'matchExpressions':[{'key':'disk','operator':'NotIn','values':['hdd']}]}]}"),
                affinity(
                        "'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':10,'preference':"
                                + "{'matchExpressions':[{'key':'disk','operator':'In','values':['ssd']}]}}]"),
                affinity(
                        "'preferredDuringSchedulingIgnoredDuringExecution':["
                                + "{'weight':10,'preference':{'matchExpressions':[{'key':'size','operator':'Lt','values':['3']}]}},"
                                + "{'weight':4,'preference':{'matchExpressions':[{'key':'disk','operator':'In','values':['ssd']}]}},"
                                + "{'weight':1,'preference':{'matchExpressions':[{'key':'zone','operator':'Exists'}]}}]"),
                affinity(
                        "'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':["
                                + "{'matchFields':[{'key':'metadata.name','operator':'In','values':['node-1']}]}]}"));
    }

    private static String podTerm(String app, String key) {
        return "{'labelSelector':{'matchLabels':{'app':'%s'}},'topologyKey':'%s'}"
                .formatted(app, key);
    }

    private static String others(String kind, String terms) {
        return ",'affinity':{'%s':{%s}}".formatted(kind, terms);
    }

    private String neighbours() {
        String required = "'requiredDuringSchedulingIgnoredDuringExecution':[%s]";
        String preferred =
                "'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':7,'podAffinityTerm':%s}]";
        String anywhere =
                "{'labelSelector':{},'topologyKey':'host','namespaceSelector':{'matchLabels':{'team':'t'}}}";
        String both = podTerm("x", "zone") + "," + podTerm("x", "disk");
        return pick(
                others("podAffinity", required.formatted(podTerm("x", "zone"))),
                others("podAffinity", required.formatted(both)),
                others("podAntiAffinity", required.formatted(podTerm("y", "disk"))),
                others("podAntiAffinity", required.formatted(podTerm("x", "host"))),
                others("podAntiAffinity", required.formatted(anywhere)),
                others("podAffinity", preferred.formatted(podTerm("y", "zone"))),
                others("podAntiAffinity", preferred.formatted(podTerm("x", "zone"))),
                others("podAntiAffinity", preferred.formatted(anywhere)));
    }

    /** Labels of a namespace; pods come from "default" and "other". */
    SortedMap<String, String> namespaceLabels() {
        return new TreeMap<>(chance(50) ? Map.of("team", "t") : Map.of());
    }

    private String spread() {
        String rule =
                "{'maxSkew':%d,'topologyKey':'%s','whenUnsatisfiable':'%s'%s,"
                        + "'labelSelector':{'matchLabels':{'app':'%s'}}}";
        String more =
                pick(
                        "",
                        ",'minDomains':3",
                        ",'nodeTaintsPolicy':'Honor'",
                        ",'nodeAffinityPolicy':'Ignore'",
                        ",'matchLabelKeys':['app']");
        String how = more.contains("minDomains") ? "DoNotSchedule" : pick("DoNotSchedule", SOFT);
        String one = rule.formatted(1 + random.nextInt(2), pick("zone", "host"), how, more, "x");
        String two = rule.formatted(2, "disk", pick("DoNotSchedule", SOFT), "", pick("x", "y"));
        String ofAll = one.replace("{'matchLabels':{'app':'x'}}", "{}");
        return pick("", "", "", list(one), list(one), list(ofAll), list(one + "," + two));
    }

    private static String list(String rules) {
        return ",'topologySpreadConstraints':[" + rules + "]";
    }

    private String tolerations() {
        return pick(
                "",
                "",
                ",'tolerations':[{'key':'dedicated','operator':'Exists'}]",
                ",'tolerations':[{'operator':'Exists'}]");
    }

    private static String affinity(String nodeAffinity) {
        return ",'affinity':{'nodeAffinity':{" + nodeAffinity + "}}";
    }

    private String pick(String... all) {
        return all[random.nextInt(all.length)];
    }
}
