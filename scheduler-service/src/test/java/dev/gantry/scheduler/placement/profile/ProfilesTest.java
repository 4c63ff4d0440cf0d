package dev.gantry.scheduler.placement.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class ProfilesTest {
    private static final String NAME = "gantry.dev/scheduling-profile";
    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @Test
    void thePodChoosesBeforeItsNamespaceAndItsSchedulerIsAProfileToo() {
        Profiles profiles = Profiles.of(Map.of("web.strategy", "ratio"), "packing");

        assertThat(profiles.nameFor(pod("", ""), snapshot)).isEqualTo("packing");
        assertThat(profiles.nameFor(pod("", "web"), snapshot)).isEqualTo("web");
        assertThat(profiles.nameFor(pod("", "nobody"), snapshot)).isEqualTo("packing");
        snapshot.putNamespace("default", new TreeMap<>(Map.of(NAME, "spreading")));
        assertThat(profiles.nameFor(pod("", ""), snapshot)).isEqualTo("spreading");
        assertThat(profiles.nameFor(pod("web", ""), snapshot)).isEqualTo("web");
        assertThat(profiles.serves("web")).isTrue();
        assertThat(profiles.serves("packing")).as("nobody's scheduler").isFalse();
    }

    @Test
    void aPodIsPlacedAsItsProfileHasIt() {
        snapshot.putNode(Sample.facts("full", "4", "4Gi", ""));
        snapshot.putNode(Sample.facts("empty", "4", "4Gi", ""));
        snapshot.place(Sample.podInfo("old", "1", "1Gi", ""), "full");
        var scheduler = new RankedScheduler(Profiles.of(Map.of(), "packing"));

        assertThat(nodeOf(scheduler.place(pod("", ""), snapshot))).isEqualTo("full");
        assertThat(nodeOf(scheduler.place(pod("spreading", ""), snapshot))).isEqualTo("empty");
    }

    @Test
    void addedAffinityHoldsForAllPodsOfTheProfile() {
        snapshot.putNode(Sample.facts("a", "4", "4Gi", ""));
        String affinity =
                """
                {"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
                  {"matchExpressions":[{"key":"zone","operator":"NotIn","values":["z1"]}]}]}}
                """;
        var scheduler =
                new RankedScheduler(Profiles.of(Map.of("web.added-affinity", affinity), "packing"));

        assertThat(nodeOf(scheduler.place(pod("", ""), snapshot))).isEqualTo("a");
        assertThat(scheduler.place(pod("web", ""), snapshot).explanation().reasons())
                .containsOnlyKeys("node(s) didn't match scheduler-enforced node affinity");
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "example.com/gpu, true",
        "example.com, true",
        "'example.org,example.com/fpga', false"
    })
    void aResourceThatSomebodyElseAccountsForRulesOutNoNode(String ignored, boolean fits) {
        snapshot.putNode(Sample.facts("a", "4", "4Gi", ""));
        Resource pod = Sample.pod("p", "1", "1Gi", "").copy();
        ((ObjectNode) pod.spec().at("/containers/0/resources/requests"))
                .put("example.com/gpu", "1");
        var profiles = Profiles.of(Map.of("web.ignored-resources", ignored), "web");
        Placement placement =
                new RankedScheduler(profiles).place(PodSighting.of(pod).info(), snapshot);

        assertThat(placement instanceof Placement.Placed).isEqualTo(fits);
    }

    @Test
    void aPodWithoutPreferredTermsMayBeFreeFromThoseOfTheOthers() {
        snapshot.putNode(Sample.facts("a", "4", "4Gi", ""));
        snapshot.putNode(Sample.facts("b", "4", "4Gi", ""));
        String likesAll =
                ",'affinity':{'podAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':9,"
                        + "'podAffinityTerm':{'topologyKey':'kubernetes.io/hostname','labelSelector':{}}}]}}";
        snapshot.place(Sample.podInfo("old", "1", "1Gi", likesAll), "a");
        String key = "web.ignore-preferred-terms-of-existing-pods";

        for (boolean ignores : List.of(true, false)) {
            Map<String, String> properties = Map.of(key, Boolean.toString(ignores));
            var scheduler = new RankedScheduler(Profiles.of(properties, "web"));
            assertThat(rules(scheduler, "").contains("InterPodAffinity")).isEqualTo(!ignores);
            assertThat(rules(scheduler, likesAll)).contains("InterPodAffinity");
        }
    }

    private Set<String> rules(RankedScheduler scheduler, String more) {
        Placement placed = scheduler.place(Sample.podInfo("p", "1", "1Gi", more), snapshot);
        return placed.explanation().chosen().orElseThrow().byRule().keySet();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web.strategy|best|profile web: strategy is 'best', expected packing, spreading or ratio",
                "web.weights.Luck|3|there is no score Luck",
                "web.weights.NodeAffinity|101|expected a whole number from 0 to 100",
                "web.shape|0=0,50=11|expected a whole number from 0 to 10",
                "web.shape|50=1,50=2|expected rising percentages",
                "web.resources|cpu|expected a list such as a=1,b=2",
                "web.balanced-resources|,|expected a list such as cpu,memory",
                "web.default-spread|zone=1=maybe|none, system, or KEY=SKEW",
                "web.ignored-resources|gpu|expected extended resources, or their domains",
                "web.ignore-preferred-terms-of-existing-pods|no|expected true or false",
                "web.bind-timeout-seconds|-1|expected a whole number from 0 to 86400",
                "web.added-affinity|{|expected a NodeAffinity as JSON",
                "web.colour|red|profile web has no property colour",
                "web|x|expected NAME.PROPERTY",
                "web.strategy|packing|there is no profile 'other'"
            })
    void saysWhatIsWrongWithTheConfiguration(String key, String value, String message) {
        String usual = message.contains("'other'") ? "other" : "packing";
        assertThatThrownBy(() -> Profiles.of(Map.of(key, value), usual))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static PodInfo pod(String profile, String scheduler) {
        Resource pod = Sample.pod("p", "1", "1Gi", "").copy();
        if (!profile.isEmpty()) {
            pod.mutableMetadata().putObject("annotations").put(NAME, profile);
        }
        if (!scheduler.isEmpty()) {
            ((ObjectNode) pod.tree().get("spec")).put("schedulerName", scheduler);
        }
        return PodSighting.of(pod).info();
    }

    private static String nodeOf(Placement placement) {
        return ((Placement.Placed) placement).node();
    }
}
