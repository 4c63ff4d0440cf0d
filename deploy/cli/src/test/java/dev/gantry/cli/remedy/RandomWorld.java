package dev.gantry.cli.remedy;

import dev.gantry.cli.world.Sample;
import dev.gantry.cli.world.World;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Worlds from a seed, small and crowded, so that every rule objects often. */
public final class RandomWorld {
    private final Random random;

    public RandomWorld(long seed) {
        this.random = new Random(seed);
    }

    public World world(int nodes, int pods) {
        List<Resource> objects = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            objects.add(node("node-" + i));
        }
        for (int i = 0; i < pods; i++) {
            objects.add(pod("pod-" + i, ",'nodeName':'node-%d'".formatted(random.nextInt(nodes))));
        }
        return World.of(objects);
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
