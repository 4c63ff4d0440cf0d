package dev.gantry.scheduler.preemption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each test lets one criterion decide between node a and node b, after all earlier ones came out
 * even and although all later ones speak for a.
 */
final class PreemptionTest {
    private static final String NINE = "2026-01-01T09:00:00Z";
    private static final String TEN = "2026-01-01T10:00:00Z";
    private static final String ELEVEN = "2026-01-01T11:00:00Z";

    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final Budgets budgets = new Budgets();
    private final Preemption preemption =
            new Preemption(Profiles.of(Map.of(), Profiles.PACKING), budgets);

    @BeforeEach
    void twoNodes() {
        snapshot.putNode(Sample.facts("a", "4", "64Gi", ""));
        snapshot.putNode(Sample.facts("b", "4", "64Gi", ""));
    }

    @Test
    void firstAsFewBrokenBudgetsAsPossible() {
        budgets.put(budget("guarded"));
        on("a", resident("guarded", "4", 1, TEN));
        on("b", resident("b1", "2", 5, NINE));
        on("b", resident("b2", "2", 5, NINE));

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void aNodeWhereNoBudgetIsBrokenIsLookedForAmongAllNodes() {
        budgets.put(budget("guarded"));
        for (int i = 0; i < 300; i++) {
            snapshot.putNode(Sample.facts("n" + i, "4", "64Gi", ""));
            on("n" + i, labelled(Sample.pod("g" + i, "4", "1Mi", ",'priority':1"), "guarded"));
        }
        on("a", labelled(Sample.pod("g-a", "4", "1Mi", ",'priority':1"), "guarded"));
        on("b", resident("free", "4", 5, TEN));
        String apart =
                ",'priority':10,'affinity':{'podAntiAffinity':{"
                        + "'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'zone',"
                        + "'labelSelector':{'matchLabels':{'app':'none'}}}]}}";

        for (int i = 0; i < 5; i++) {
            PodInfo high = Sample.podInfo("high" + i, "4", "1Mi", apart);
            assertThat(nodeOf(search(preemption, high))).isEqualTo("b");
        }
    }

    @Test
    void noBudgetGuardsAPodWithoutLabels() {
        Budget unlabelled =
                Budget.of(
                        Sample.object(
                                """
                                {'metadata':{'name':'b','namespace':'default'},
                                 'spec':{'selector':{'matchExpressions':
                                   [{'key':'app','operator':'DoesNotExist'}]}},
                                 'status':{'disruptionsAllowed':0}}
                                """));
        budgets.put(unlabelled);
        on("a", Sample.podInfo("bare", "4", "1Mi", ",'priority':1"));
        snapshot.removeNode("b");

        assertThat(search(preemption, preemptor("4", "")).orElseThrow().violations()).isZero();
    }

    @Test
    void thenTheLowestHighestPriority() {
        on("a", resident("a1", "4", 6, TEN));
        on("b", resident("b1", "2", 5, NINE));
        on("b", resident("b2", "2", 5, NINE));

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void thenTheSmallestSumOfPriorities() {
        on("a", resident("a1", "2", 5, TEN));
        on("a", resident("a2", "2", 5, TEN));
        on("b", resident("b1", "2", 5, NINE));
        on("b", resident("b2", "2", 4, NINE));

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void fewerVictimsOfNegativePriorityCountAsTheSmallerSum() {
        on("a", resident("a1", "2", -5, TEN));
        on("a", resident("a2", "2", -5, TEN));
        on("b", resident("b1", "4", -5, NINE));

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void thenWhereTheFirstOfTheMostImportantStartedLast() {
        on("a", resident("a1", "2", 5, NINE));
        on("a", resident("a2", "2", 5, ELEVEN));
        on("b", resident("b1", "2", 5, TEN));
        on("b", resident("b2", "2", 5, TEN));

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void whenLessImportantVictimsStartedIsNotAsked() {
        on("a", resident("a1", "2", 5, NINE));
        on("a", resident("a2", "2", 4, ELEVEN));
        on("b", resident("b1", "2", 5, TEN));
        on("b", resident("b2", "2", 4, NINE));

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void aPodThatHasNotStartedCountsAsTheLatest() {
        on("a", resident("a1", "4", 5, ELEVEN));
        on("b", Sample.podInfo("b1", "4", "1Mi", ",'priority':5"));

        assertThat(chosen()).isEqualTo("b");
    }

    /** Also where the answer of before is kept for pods of the same kind. */
    @Test
    void aStartThatIsToldLaterCounts() {
        on("a", resident("a1", "4", 5, TEN));
        on("b", Sample.podInfo("b1", "4", "1Mi", ",'priority':5"));
        assertThat(chosen()).isEqualTo("b");

        on("b", resident("b1", "4", 5, NINE));

        assertThat(chosen()).isEqualTo("a");
    }

    @Test
    void ofEqualPodsTheOneThatStartedLastMustGo() {
        on("a", resident("old", "2", 5, NINE));
        on("a", resident("young", "2", 5, TEN));
        snapshot.removeNode("b");

        Candidate candidate = search(preemption, preemptor("2", "")).orElseThrow();

        assertThat(candidate.victims())
                .extracting(each -> each.pod().key().name())
                .containsExactly("young");
    }

    @Test
    void theRulesAreThoseOfThePodsOwnProfile() {
        on("a", resident("a1", "4", 1, TEN));
        on("b", resident("b1", "4", 5, NINE));

        assertThat(nodeOf(search(webRunsOnlyOnB(), preemptor("4", "")))).isEqualTo("a");
        assertThat(nodeOf(search(webRunsOnlyOnB(), preemptor("4", "web")))).isEqualTo("b");
    }

    @Test
    void theProfileOfTheNamespaceCountsToo() {
        on("a", resident("a1", "4", 1, TEN));
        on("b", resident("b1", "4", 5, NINE));
        assertThat(nodeOf(search(webRunsOnlyOnB(), preemptor("4", "")))).isEqualTo("a");

        snapshot.putNamespace(
                "default", new TreeMap<>(Map.of("gantry.dev/scheduling-profile", "web")));

        assertThat(nodeOf(search(webRunsOnlyOnB(), preemptor("4", "")))).isEqualTo("b");
    }

    private Preemption webRunsOnlyOnB() {
        String onlyB =
                """
                {"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
                  {"matchExpressions":[
                    {"key":"kubernetes.io/hostname","operator":"In","values":["b"]}]}]}}
                """;
        Profiles profiles = Profiles.of(Map.of("web.added-affinity", onlyB), Profiles.PACKING);
        return new Preemption(profiles, budgets);
    }

    private String chosen() {
        return nodeOf(search(preemption, preemptor("4", "")));
    }

    private static String nodeOf(Optional<Candidate> candidate) {
        return candidate.orElseThrow().node().name();
    }

    private Optional<Candidate> search(Preemption who, PodInfo pod) {
        return who.search(pod, snapshot).candidate();
    }

    private void on(String node, PodInfo pod) {
        snapshot.place(pod, node);
    }

    private static PodInfo preemptor(String cpu, String profile) {
        Resource pod = Sample.pod("high", cpu, "1Mi", ",'priority':10");
        if (!profile.isEmpty()) {
            Resource.child(pod.mutableMetadata(), "annotations")
                    .put("gantry.dev/scheduling-profile", profile);
        }
        return PodSighting.of(pod).info();
    }

    private static PodInfo resident(String name, String cpu, int priority, String started) {
        Resource pod = Sample.pod(name, cpu, "1Mi", ",'priority':" + priority);
        Resource.child(pod.mutableMetadata(), "labels").put("app", name);
        Resource.child(pod.tree(), "status").put("startTime", started);
        return PodSighting.of(pod).info();
    }

    private static PodInfo labelled(Resource pod, String app) {
        Resource.child(pod.mutableMetadata(), "labels").put("app", app);
        return PodSighting.of(pod).info();
    }

    private static Budget budget(String app) {
        return Budget.of(
                Sample.object(
                        """
                        {'metadata':{'name':'b','namespace':'default'},
                         'spec':{'selector':{'matchLabels':{'app':'%s'}}},
                         'status':{'disruptionsAllowed':0}}
                        """
                                .formatted(app)));
    }
}
