package dev.gantry.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ClusterRulesTest {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final Scheduler scheduler = new Scheduler(Profile.PACKING);

    @Test
    void aPodGoesNearToTheOneItAsksFor() {
        nodes(4);
        snapshot.place(pod("db", "db", ""), "n3");

        assertThat(nodeFor(pod("p", "web", near("db", "host")))).isEqualTo("n3");
        assertThat(messageFor(pod("q", "web", near("cache", "host"))))
                .contains("4 node(s) didn't match pod affinity rules.");
    }

    @Test
    void aPodWithAffinityToItselfMayBeTheFirst() {
        nodes(4);
        assertThat(place(pod("p", "web", near("web", "zone"))))
                .isInstanceOf(Placement.Placed.class);
    }

    @Test
    void aPodThatIsOnlyNominatedSatisfiesNoAffinity() {
        nodes(4);
        snapshot.nominate(pod("db", "db", ""), "n3");
        assertThat(messageFor(pod("p", "web", near("db", "host"))))
                .contains("4 node(s) didn't match pod affinity rules.");

        snapshot.place(pod("db", "db", ""), "n3");
        assertThat(nodeFor(pod("p", "web", near("db", "host")))).isEqualTo("n3");
    }

    @Test
    void thePodThatMayBeTheFirstOfItsKindStaysNearToNominatedPods() {
        nodes(4);
        snapshot.nominate(pod("a", "web", ""), "n3");
        assertThat(nodeFor(pod("p", "web", near("web", "host")))).isEqualTo("n3");
    }

    @Test
    void spreadHoldsWithAndWithoutNominatedPods() {
        nodes(2);
        snapshot.place(pod("a", "web", ""), "n0");
        snapshot.nominate(pod("b", "web", ""), "n1");
        snapshot.putNode(facts(1, "1m"));
        PodInfo next = pod("p", "web", spread(1, "DoNotSchedule"));
        assertThat(messageFor(next))
                .as("zone 0 is ahead as long as b is not there")
                .contains("1 node(s) didn't match pod topology spread constraints");

        snapshot.place(pod("b", "web", ""), "n1");
        assertThat(nodeFor(next)).isEqualTo("n0");
    }

    @Test
    void podsThatWantToBeApartAre() {
        nodes(2);
        snapshot.place(pod("a", "web", apart("web", "host")), "n0");
        assertThat(nodeFor(pod("b", "web", apart("web", "host")))).isEqualTo("n1");
        snapshot.place(pod("b", "web", apart("web", "host")), "n1");

        assertThat(messageFor(pod("c", "web", apart("web", "host"))))
                .startsWith(
                        "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.");
    }

    @Test
    void thePodsThatAreThereMayObject() {
        nodes(2);
        snapshot.place(pod("hermit", "hermit", apart("web", "zone")), "n0");

        assertThat(nodeFor(pod("p", "web", ""))).isEqualTo("n1");
        snapshot.place(pod("hermit2", "hermit", apart("web", "zone")), "n1");
        assertThat(messageFor(pod("p", "web", "")))
                .contains("2 node(s) didn't satisfy existing pods anti-affinity rules");
        snapshot.remove(pod("hermit", "hermit", "").uid());
        assertThat(nodeFor(pod("p", "web", ""))).isEqualTo("n0");
    }

    @Test
    void aNamespaceSelectorWidensTheTerm() {
        nodes(2);
        snapshot.putNamespace("other", new TreeMap<>(Map.of("team", "a")));
        Resource db = Sample.pod("db", "100m", "1Mi", "").copy();
        db.mutableMetadata().put("namespace", "other").putObject("labels").put("app", "db");
        snapshot.place(PodSighting.of(db).info(), "n1");
        String term =
                ",'affinity':{'podAffinity':{'%s':[{'topologyKey':'host','namespaceSelector':"
                        + "{'matchLabels':{'team':'a'}},'labelSelector':{'matchLabels':{'app':'db'}}}]}}";

        assertThat(nodeFor(pod("p", "web", term.formatted(REQUIRED)))).isEqualTo("n1");
        snapshot.putNamespace("other", new TreeMap<>());
        assertThat(place(pod("p", "web", term.formatted(REQUIRED))))
                .isInstanceOf(Placement.Unplaced.class);
    }

    @Test
    void podsSpreadOverZones() {
        nodes(4);
        Map<String, Integer> zones = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            PodInfo pod = pod("p" + i, "web", spread(1, "DoNotSchedule"));
            String node = nodeFor(pod);
            snapshot.place(pod, node);
            zones.merge(zone(node), 1, Integer::sum);
        }
        assertThat(zones).isEqualTo(Map.of("z0", 3, "z1", 3));
    }

    @Test
    void aZoneWhoseNodesAreFullHoldsTheOthersBack() {
        nodes(2);
        snapshot.place(pod("big", "big", ",'nodeName':'n1'"), "n1");
        snapshot.putNode(facts(1, "1m"));
        PodInfo first = pod("p0", "web", spread(1, "DoNotSchedule"));
        snapshot.place(first, nodeFor(first));

        assertThat(messageFor(pod("p1", "web", spread(1, "DoNotSchedule"))))
                .contains("1 Insufficient cpu")
                .contains("1 node(s) didn't match pod topology spread constraints");
    }

    @Test
    void aNodeWithoutTheLabelIsNoPlaceToSpreadTo() {
        snapshot.putNode(Sample.facts("bare", "4", "8Gi", ""));
        String rule = spread(1, "DoNotSchedule").replace("'zone'", "'rack'");
        assertThat(messageFor(pod("p", "web", rule)))
                .contains("topology spread constraints (missing required label)");
    }

    @Test
    void aSoftSpreadPrefersTheEmptierZone() {
        nodes(4);
        snapshot.place(pod("a", "web", ""), "n0");
        snapshot.place(pod("b", "web", ""), "n2");

        String node = nodeFor(pod("p", "web", spread(1, "ScheduleAnyway")));
        assertThat(zone(node)).isEqualTo("z1");
    }

    private void nodes(int count) {
        for (int i = 0; i < count; i++) {
            snapshot.putNode(facts(i, "4"));
        }
    }

    private static NodeFacts facts(int i, String cpu) {
        return NodeFacts.of(
                Sample.object(
                        """
                        {'metadata':{'name':'n%d','labels':{'host':'n%d','zone':'z%d'}},'spec':{},
                         'status':{'allocatable':{'cpu':'%s','memory':'8Gi','pods':'110'}}}
                        """
                                .formatted(i, i, i % 2, cpu)));
    }

    private static String zone(String node) {
        return "z" + Integer.parseInt(node.substring(1)) % 2;
    }

    private static PodInfo pod(String name, String app, String more) {
        Resource pod = Sample.pod(name, "100m", "100Mi", more).copy();
        pod.mutableMetadata().putObject("labels").put("app", app);
        return PodSighting.of(pod).info();
    }

    private static String near(String app, String key) {
        return affinity("podAffinity", app, key);
    }

    private static String apart(String app, String key) {
        return affinity("podAntiAffinity", app, key);
    }

    private static String affinity(String kind, String app, String key) {
        return ",'affinity':{'%s':{'%s':[{'topologyKey':'%s','labelSelector':{'matchLabels':{'app':'%s'}}}]}}"
                .formatted(kind, REQUIRED, key, app);
    }

    private static String spread(int skew, String how) {
        return ",'topologySpreadConstraints':[{'maxSkew':%d,'topologyKey':'zone','whenUnsatisfiable':'%s','labelSelector':{'matchLabels':{'app':'web'}}}]"
                .formatted(skew, how);
    }

    private Placement place(PodInfo pod) {
        return scheduler.place(pod, snapshot);
    }

    private String nodeFor(PodInfo pod) {
        return ((Placement.Placed) place(pod)).node();
    }

    private String messageFor(PodInfo pod) {
        return ((Placement.Unplaced) place(pod)).message();
    }
}
