package dev.gantry.scheduler.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.explain.Explanation;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Upstream's finer points, asked of the scheduler that runs. */
final class RelationsTest {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final RankedScheduler scheduler = new RankedScheduler(Profile.PACKING);

    @Test
    void fewerDomainsThanMinDomainsCountAsOneThatIsEmpty() {
        node("a", "z1", "");
        node("b", "z2", "");
        snapshot.place(pod("old1", "web", ""), "a");
        snapshot.place(pod("old2", "web", ""), "b");

        assertThat(place(pod("p", "web", spread("'minDomains':2,"))))
                .isInstanceOf(Placement.Placed.class);
        assertThat(reasons(pod("q", "web", spread("'minDomains':3,"))))
                .containsEntry("node(s) didn't match pod topology spread constraints", 2);
    }

    @Test
    void anEmptySelectorCountsNobody() {
        node("a", "z1", "");
        node("b", "z2", "'unschedulable':true");
        snapshot.place(pod("old", "web", ""), "a");
        String all = spread("").replace("{'matchLabels':{'app':'web'}}", "{}");

        assertThat(place(pod("p", "web", spread("")))).isInstanceOf(Placement.Unplaced.class);
        assertThat(place(pod("q", "web", all))).isInstanceOf(Placement.Placed.class);
    }

    @Test
    void nodesWithoutTheLabelAreADomainOfTheirOwnForTheWeightOfADefaultRule() {
        Resource bare = Sample.node("bare", "4", "8Gi", "").copy();
        bare.mutableMetadata().putObject("labels").put("kubernetes.io/hostname", "bare");
        snapshot.putNode(NodeFacts.of(bare));
        snapshot.putNode(hosted("zoned"));
        snapshot.place(replica("r1"), "zoned");
        snapshot.place(replica("r2"), "bare");
        snapshot.place(replica("r3"), "bare");

        Placement placed = new RankedScheduler(Profile.SPREADING).place(replica("p"), snapshot);

        Explanation explanation = placed.explanation();
        assertThat(explanation.chosen().orElseThrow().node()).isEqualTo("bare");
        assertThat(explanation.runnerUp().orElseThrow().byRule())
                .as("2 x 100 x 5 / 9: two hosts and two zones weigh ln 4 each")
                .containsEntry("PodTopologySpread", 111);
    }

    @Test
    void onlyNodesThatThePodMayUseCountForItsSpread() {
        node("a", "z1", "");
        node("b", "z2", "'taints':[{'key':'k','effect':'NoSchedule'}]");
        snapshot.place(pod("old", "web", ""), "a");

        assertThat(place(pod("p", "web", spread("'nodeTaintsPolicy':'Honor',"))))
                .as("z2 has no node that counts")
                .isInstanceOf(Placement.Placed.class);
        assertThat(place(pod("p", "web", spread("")))).isInstanceOf(Placement.Unplaced.class);
        String here = ",'nodeSelector':{'zone':'z1'}";
        assertThat(place(pod("p", "web", spread("") + here))).isInstanceOf(Placement.Placed.class);
        assertThat(place(pod("p", "web", spread("'nodeAffinityPolicy':'Ignore',") + here)))
                .isInstanceOf(Placement.Unplaced.class);
    }

    @Test
    void podsThatAreLeavingDoNotCountForSpreadButForAffinity() {
        node("a", "z1", "");
        node("b", "z2", "'unschedulable':true");
        snapshot.place(pod("old", "web", "").leaving(), "a");

        assertThat(place(pod("p", "web", spread("")))).isInstanceOf(Placement.Placed.class);
        assertThat(place(pod("q", "db", affinity("podAffinity", REQUIRED, term("web")))))
                .isInstanceOf(Placement.Placed.class);
    }

    @Test
    void aNodeThatMovesToAnotherZoneTakesItsPodsAlong() {
        node("a", "z1", "");
        node("b", "z2", "");
        PodInfo hermit = pod("h", "db", affinity("podAntiAffinity", REQUIRED, term("web")));
        snapshot.place(hermit, "a");
        assertThat(nodeOf(pod("p", "web", ""))).isEqualTo("b");

        node("a", "z2", "");
        assertThat(reasons(pod("p", "web", "")))
                .containsEntry("node(s) didn't satisfy existing pods anti-affinity rules", 2);
        node("c", "z1", "");
        assertThat(nodeOf(pod("p", "web", ""))).isEqualTo("c");
        snapshot.removeNode("a");
        assertThat(place(pod("p", "web", "")).explanation().feasible()).isEqualTo(2);
    }

    @Test
    void mismatchLabelKeysKeepTenantsApart() {
        node("a", "z1", "");
        node("b", "z2", "");
        String strangers =
                "{'topologyKey':'zone','mismatchLabelKeys':['tenant'],"
                        + "'labelSelector':{'matchExpressions':[{'key':'tenant','operator':'Exists'}]}}";
        String apart = affinity("podAntiAffinity", REQUIRED, strangers);
        snapshot.place(tenant("old", "one", ""), "a");

        assertThat(nodeOf(tenant("p", "two", apart))).isEqualTo("b");
        assertThat(place(tenant("q", "one", apart)).explanation().feasible()).isEqualTo(2);
    }

    @Test
    void whatIsThereAttractsThePodsThatItWantsNear() {
        node("a", "z1", "");
        node("b", "z2", "");
        String likes = "{'weight':50,'podAffinityTerm':%s}".formatted(term("web"));
        snapshot.place(pod("fan", "db", affinity("podAffinity", PREFERRED, likes)), "b");
        snapshot.place(Sample.podInfo("big", "2", "4Gi", ""), "a");
        assertThat(nodeOf(pod("p", "web", ""))).isEqualTo("b");

        snapshot.remove(pod("fan", "db", "").uid());
        assertThat(nodeOf(pod("p", "web", ""))).as("packing alone").isEqualTo("a");
        snapshot.place(pod("hater", "x", affinity("podAntiAffinity", PREFERRED, likes)), "a");
        assertThat(nodeOf(pod("p", "web", ""))).isEqualTo("b");
    }

    @Test
    void anImageCountsByTheShareOfNodesThatHaveIt() {
        String image = "{'names':['registry/web:1'],'sizeBytes':1000000000}";
        snapshot.putNode(facts("a", "z1", "", ""));
        snapshot.putNode(facts("b", "z1", "", image));
        PodInfo pod = image("p", "registry/web:1");
        assertThat(place(pod).explanation().chosen().orElseThrow().byRule())
                .as("half of 976562 KiB, less 23 MiB, of 977 MiB")
                .containsEntry("ImageLocality", 46);

        snapshot.putNode(facts("a", "z1", "", image));
        assertThat(place(pod).explanation().chosen().orElseThrow().byRule())
                .containsEntry("ImageLocality", 95);
        assertThat(place(image("q", "other")).explanation().chosen().orElseThrow().byRule())
                .doesNotContainKey("ImageLocality");
    }

    @Test
    void replicasSpreadByDefaultWhereTheProfileSaysSo() {
        for (int i = 0; i < 4; i++) {
            snapshot.putNode(hosted("n" + i));
        }
        var spreading = new RankedScheduler(Profile.SPREADING);
        Map<String, Integer> perNode = new TreeMap<>();
        for (int i = 0; i < 8; i++) {
            PodInfo replica = replica("r" + i);
            var placed = (Placement.Placed) spreading.place(replica, snapshot);
            snapshot.place(replica, placed.node());
            perNode.merge(placed.node(), 1, Integer::sum);
            assertThat(placed.explanation().chosen().orElseThrow().byRule())
                    .containsKey("PodTopologySpread");
        }
        assertThat(perNode.values()).containsOnly(2).hasSize(4);
    }

    @Test
    void whatIsKeptOfAPlacementIsShort() {
        for (int i = 0; i < 3; i++) {
            node("a-rather-long-node-name-" + i, "z1", "");
        }
        snapshot.place(pod("old", "web", ""), "a-rather-long-node-name-0");
        String json = place(pod("p", "web", spread(""))).explanation().toJson().toString();

        assertThat(json).contains("\"scores\":{\"NodeResources").hasSizeLessThan(400);
    }

    private void node(String name, String zone, String spec) {
        snapshot.putNode(facts(name, zone, spec, ""));
    }

    private static NodeFacts facts(String name, String zone, String spec, String images) {
        return NodeFacts.of(
                Sample.object(
                        """
                        {'metadata':{'name':'%s','labels':{'zone':'%s'}},'spec':{%s},
                         'status':{'images':[%s],
                           'allocatable':{'cpu':'4','memory':'8Gi','pods':'110'}}}
                        """
                                .formatted(name, zone, spec, images)));
    }

    private static NodeFacts hosted(String name) {
        Resource node = Sample.node(name, "4", "8Gi", "").copy();
        node.mutableMetadata()
                .putObject("labels")
                .put("kubernetes.io/hostname", name)
                .put("topology.kubernetes.io/zone", "z");
        return NodeFacts.of(node);
    }

    private static PodInfo pod(String name, String app, String more) {
        return labelled(name, "app", app, more);
    }

    private static PodInfo tenant(String name, String tenant, String more) {
        return labelled(name, "tenant", tenant, more);
    }

    private static PodInfo labelled(String name, String label, String value, String more) {
        Resource pod = Sample.pod(name, "100m", "100Mi", more).copy();
        pod.mutableMetadata().putObject("labels").put(label, value);
        return PodSighting.of(pod).info();
    }

    private static PodInfo replica(String name) {
        Resource pod = Sample.pod(name, "100m", "100Mi", "").copy();
        pod.mutableMetadata().putObject("labels").put("app", "web");
        pod.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("uid", "rs")
                .put("controller", true);
        return PodSighting.of(pod).info();
    }

    private static PodInfo image(String name, String image) {
        return PodSighting.of(
                        Sample.object(
                                """
                                {'metadata':{'name':'%1$s','namespace':'default','uid':'%1$s'},
                                 'spec':{'containers':[{'name':'c','image':'%2$s'}]}}
                                """
                                        .formatted(name, image)))
                .info();
    }

    private static String term(String app) {
        return "{'topologyKey':'zone','labelSelector':{'matchLabels':{'app':'%s'}}}".formatted(app);
    }

    private static String affinity(String kind, String how, String term) {
        return ",'affinity':{'%s':{'%s':[%s]}}".formatted(kind, how, term);
    }

    private static String spread(String more) {
        return ",'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone',%s'whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'app':'web'}}}]"
                .formatted(more);
    }

    private Placement place(PodInfo pod) {
        return scheduler.place(pod, snapshot);
    }

    private String nodeOf(PodInfo pod) {
        return ((Placement.Placed) place(pod)).node();
    }

    private Map<String, Integer> reasons(PodInfo pod) {
        return place(pod).explanation().reasons();
    }
}
