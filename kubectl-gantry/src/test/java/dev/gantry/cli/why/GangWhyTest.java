package dev.gantry.cli.why;

import static dev.gantry.cli.cluster.Sample.NOON;
import static dev.gantry.cli.cluster.Sample.PROFILES;
import static dev.gantry.cli.cluster.Sample.node;
import static dev.gantry.cli.cluster.Sample.object;
import static dev.gantry.cli.cluster.Sample.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.meta.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class GangWhyTest {
    @Test
    void aGangThatIsNotCompleteWaitsForItsPods() {
        assertThat(text("w-1", member("w-1", "1", 3, ""), node("a", 2, "")))
                .containsExactly(
                        "pod default/w-1 waits with its gang",
                        "  its gang g has 1 of 3 pods; they are placed all or none",
                        "  2 pods have yet to be created",
                        "  the one that waits would find a place: w-1 on a");
    }

    @Test
    void aGangThatDoesNotFitTellsWhoDoesWhatTheNextLacksAndWhatWouldHelp() {
        assertThat(
                        text(
                                "w-1",
                                member("w-1", "2", 3, ""),
                                member("w-2", "2", 3, ""),
                                member("w-3", "2", 3, ""),
                                node("a", 4, ""),
                                node("b", 1, "")))
                .containsExactly(
                        "pod default/w-1 waits with its gang",
                        "  its gang g has 3 of 3 pods; they are placed all or none",
                        "  2 of the 3 that wait fit together: w-1 on a, w-2 on a",
                        "  w-3 finds no place once the others have their places:"
                                + " 0/2 nodes are available: 2 Insufficient cpu.",
                        "",
                        "What each node lacks for w-3 then:",
                        "  a",
                        "    insufficient cpu: asks for 2, 0 of 4 is free",
                        "  b",
                        "    insufficient cpu: asks for 2, 1 of 1 is free",
                        "",
                        "Each of these would be enough:",
                        "  w-3 fits on b if its cpu request were ≤ 1",
                        "  all fit if none of its pods asked for more cpu than 1333m",
                        "  all fit with 1 more node like a (4 cpu, 16Gi memory)");
    }

    @Test
    void aMemberThatHasANodeCountsAndStaysThere() {
        Resource placed = member("w-1", "2", 3, ",'nodeName':'a'");

        assertThat(
                        text(
                                "w-2",
                                placed,
                                member("w-2", "9", 3, ""),
                                member("w-3", "1", 3, ""),
                                node("a", 4, "")))
                .contains(
                        "  its gang g has 3 of 3 pods: 1 on nodes, 2 waiting; they are placed all or none",
                        "  1 of the 2 that wait would find a place: w-3 on a",
                        "  all fit if none of its pods asked for more cpu than 1");
    }

    @Test
    void whoComesAfterTheGangIsWholeIsOnItsOwn() {
        assertThat(
                        text(
                                "w-3",
                                member("w-1", "2", 2, ",'nodeName':'a'"),
                                member("w-2", "1", 2, ",'nodeName':'a'"),
                                member("w-3", "1", 2, ""),
                                node("a", 4, "")))
                .containsExactly("pod default/w-3 waits, and would be placed on a now");
    }

    @Test
    void aGangOfMorePodsThanItNeedsDoesWithoutTheLast() {
        Resource[] all = {
            member("w-1", "2", 2, ""),
            member("w-2", "2", 2, ""),
            member("w-3", "2", 2, ""),
            node("a", 4, "")
        };

        assertThat(text("w-1", all))
                .containsExactly("pod default/w-1 waits, and would be placed on a now");
        assertThat(text("w-3", all))
                .contains(
                        "  its gang g has 3 pods; at least 2 of them are placed, or none",
                        "  2 of the 3 that wait fit together: w-1 on a, w-2 on a");
    }

    @Test
    void howLargeTheGangIsMayBeForItsPodGroupToSay() {
        assertThat(text("w-1", grouped("w-1"), node("a", 4, ""), group("{'gang':{'minCount':2}}")))
                .contains(
                        "  its gang g has 1 of 2 pods; they are placed all or none",
                        "  1 pod has yet to be created");
        assertThat(text("w-1", grouped("w-1"), node("a", 4, ""), group("{'basic':{}}")))
                .containsExactly("pod default/w-1 waits, and would be placed on a now");
    }

    @Test
    void aPodWhosePodGroupIsNotThereIsHeldByThat() {
        assertThat(text("w-1", grouped("w-1"), node("a", 4, "")))
                .first()
                .asString()
                .startsWith("pod default/w-1 must not be placed yet");
        assertThat(ask("w-1", grouped("w-1"), node("a", 4, "")).notes())
                .containsExactly("its pod group is yet to be made: g");
    }

    @Test
    void whereNothingSmallHelpsItSaysSo() {
        String elsewhere =
                ",'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':["
                        + "{'topologyKey':'zone','labelSelector':{'matchLabels':{'app':'w'}}}]}}";

        assertThat(
                        text(
                                "w-1",
                                member("w-1", "1", 3, elsewhere),
                                member("w-2", "1", 3, elsewhere),
                                member("w-3", "1", 3, elsewhere),
                                node("a", 4, "", ",'zone':'z'")))
                .contains(
                        "  1 of the 3 that wait would find a place: w-1 on a",
                        "No small change would make all of them fit.");
    }

    @Test
    void aGangThatIsThereAndFitsWaitsOnlyForTheScheduler() {
        assertThat(
                        text(
                                "w-1",
                                member("w-1", "1", 2, ""),
                                member("w-2", "1", 2, ""),
                                node("a", 2, "")))
                .containsExactly("pod default/w-1 waits, and would be placed on a now");
    }

    @Test
    void jsonHasTheGangToo() {
        WhyReport report =
                ask("w-1", member("w-1", "3", 2, ""), member("w-2", "3", 2, ""), node("a", 4, ""));
        var gang = WhyJson.of(report).path("gang");

        assertThat(gang.path("size").asInt()).isEqualTo(2);
        assertThat(gang.path("stuck").asString()).isEqualTo("w-2");
        assertThat(gang.at("/members/0/node").asString()).isEqualTo("a");
        assertThat(gang.at("/members/1/node").asString()).isEmpty();
        assertThat(gang.path("changes")).isNotEmpty();
    }

    private static Resource grouped(String name) {
        return pod(name, "1", ",'schedulingGroup':{'podGroupName':'g'}");
    }

    private static Resource group(String policy) {
        return object(
                "{'apiVersion':'scheduling.k8s.io/v1alpha2','kind':'PodGroup',"
                        + "'metadata':{'name':'g','namespace':'default'},"
                        + "'spec':{'schedulingPolicy':%s}}".formatted(policy));
    }

    private static Resource member(String name, String cpu, int size, String spec) {
        Resource member = pod(name, cpu, spec);
        Resource.child(member.mutableMetadata(), "annotations")
                .put("gantry.dev/pod-group", "g")
                .put("gantry.dev/pod-group-size", Integer.toString(size));
        return member;
    }

    private static List<String> text(String pod, Resource... all) {
        return WhyText.brief(ask(pod, all));
    }

    private static WhyReport ask(String pod, Resource... all) {
        return new Why(ClusterObjects.of(List.of(all)), PROFILES, NOON)
                .ask(ClusterObjects.pod("default", pod));
    }
}
