package dev.gantry.cli.remedy;

import static dev.gantry.cli.cluster.Sample.NOON;
import static dev.gantry.cli.cluster.Sample.PROFILES;
import static dev.gantry.cli.cluster.Sample.node;
import static dev.gantry.cli.cluster.Sample.object;
import static dev.gantry.cli.cluster.Sample.pod;
import static dev.gantry.cli.cluster.Sample.podOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemedySearchTest {
    private static final String GPU_TAINT =
            "'taints':[{'key':'dedicated','value':'gpu','effect':'NoSchedule'}]";

    @Test
    void lowersARequestToWhatIsFreeOnTheRoomiestNode() {
        assertThat(
                        suggestions(
                                pod("web", "3", ""),
                                node("a", 1, ""),
                                node("b", 2, ""),
                                podOn("b", "old", "800m", 0)))
                .startsWith("fits on b if its cpu request were ≤ 1200m");
    }

    @Test
    void toleratesATaint() {
        assertThat(
                        suggestions(
                                pod("web", "1", ""),
                                node("a", 4, GPU_TAINT),
                                node("b", 2, GPU_TAINT)))
                .containsExactly("fits on a, b if it tolerated dedicated=gpu:NoSchedule");
    }

    @Test
    void uncordonsANodeAndItsTaintWithIt() {
        String cordoned =
                "'unschedulable':true,'taints':"
                        + "[{'key':'node.kubernetes.io/unschedulable','effect':'NoSchedule'}]";

        assertThat(suggestions(pod("web", "1", ""), node("a", 4, cordoned)))
                .containsExactly("fits on a if a were uncordoned");
    }

    @Test
    void aNodeThatIsNotReadyMustRecover() {
        String unwell = "'taints':[{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'}]";

        assertThat(suggestions(pod("web", "1", ""), node("a", 4, unwell)))
                .containsExactly("fits on a if a were ready");
    }

    @Test
    void asksForALabelOrForNone() {
        assertThat(
                        suggestions(
                                pod("web", "1", ",'nodeSelector':{'disk':'ssd'}"),
                                node("a", 4, "", ",'disk':'hdd'")))
                .containsExactly(
                        "fits on a if a had the label disk=ssd",
                        "fits on a if its nodeSelector did not ask for disk=ssd");
    }

    @Test
    void nobodyRelabelsAHost() {
        assertThat(
                        suggestions(
                                pod("web", "1", ",'nodeSelector':{'kubernetes.io/hostname':'z'}"),
                                node("a", 4, "")))
                .containsExactly(
                        "fits on a if its nodeSelector did not ask for kubernetes.io/hostname=z");
    }

    @Test
    void asFewPodsAsPossibleLeaveThoseOfLowerPriorityFirst() {
        Resource web = pod("web", "2", ",'priority':100");
        assertThat(
                        suggestions(
                                web,
                                node("a", 4, ""),
                                podOn("a", "one", "1", 10),
                                podOn("a", "two", "1", 20),
                                podOn("a", "vital", "2", 1000)))
                .contains("fits on a if 2 pods of priority < 100 left (default/one, default/two)");
    }

    @Test
    void aPodThatPreemptsNobodyIsToldWhoWouldMakeWay() {
        Resource web = pod("web", "2", ",'priority':100,'preemptionPolicy':'Never'");
        Resource[] others = {
            node("a", 3, ""),
            node("b", 3, "'unschedulable':true"),
            podOn("a", "low", "1", 10),
            podOn("a", "mid", "1", 20)
        };

        assertThat(suggestions(web, others))
                .contains(
                        "fits on a if its preemptionPolicy were PreemptLowerPriority:"
                                + " 1 pod of lower priority would make way (default/low)");
        Resource allowed = Case.edited(web, List.of(new PodRemedy.AllowPreemption(List.of())));
        assertThat(decided(allowed, others).nominatedNode()).isEqualTo("a");
        assertThat(decided(allowed, others).victims())
                .extracting(Binding.Pod::name)
                .containsExactly("low");
    }

    @Test
    void whereNobodyOfLowerPriorityIsThePolicyIsNotInTheWay() {
        Resource web = pod("web", "2", ",'priority':10,'preemptionPolicy':'Never'");

        assertThat(suggestions(web, node("a", 2, ""), podOn("a", "equal", "1", 10)))
                .isNotEmpty()
                .noneMatch(each -> each.contains("preemptionPolicy"));
    }

    @Test
    void aPodThatHoldsAPortLeaves() {
        String port = ",'ports':[{'containerPort':80,'hostPort':80}]";
        Resource holder = withPort(podOn("a", "old", "1", 0), port);

        assertThat(suggestions(withPort(pod("web", "1", ""), port), node("a", 4, ""), holder))
                .containsExactly("fits on a if 1 pod that held host port 80 left (default/old)");
    }

    @Test
    void raisesTheSkewJustEnough() {
        String spread =
                ",'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone',"
                        + "'whenUnsatisfiable':'DoNotSchedule',"
                        + "'labelSelector':{'matchLabels':{'app':'web'}}}]";
        assertThat(
                        suggestions(
                                pod("web-3", "1", spread),
                                node("a", 8, "", ",'zone':'x'"),
                                node("b", 1, "'unschedulable':true", ",'zone':'y'"),
                                podOn("b", "other", "1", 0),
                                podOn("a", "web-1", "1", 0),
                                podOn("a", "web-2", "1", 0)))
                .startsWith("fits on a if its maxSkew over zone were ≥ 3");
    }

    @Test
    void needNotBeApart() {
        String apart =
                ",'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':["
                        + "{'topologyKey':'kubernetes.io/hostname',"
                        + "'labelSelector':{'matchLabels':{'app':'web'}}}]}}";
        assertThat(
                        suggestions(
                                pod("web-2", "1", apart),
                                node("a", 4, ""),
                                podOn("a", "web-1", "1", 0)))
                .startsWith(
                        "fits on a if it did not have to be apart from pods of app=web"
                                + " (per kubernetes.io/hostname)");
    }

    @Test
    void whoMustBeApartMayLeaveInstead() {
        String apart =
                ",'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':["
                        + "{'topologyKey':'zone','labelSelector':{'matchLabels':{'app':'web'}}}]}}";
        assertThat(
                        suggestions(
                                pod("web-2", "1", apart),
                                node("a", 4, "", ",'zone':'x'"),
                                node("b", 4, "'unschedulable':true", ",'zone':'x'"),
                                podOn("b", "web-1", "1", 0)))
                .contains("fits on a if 1 pod that must be apart from it left (default/web-1)");
    }

    @Test
    void aPodThatItMustBeNearMayCome() {
        String near =
                ",'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':["
                        + "{'topologyKey':'kubernetes.io/hostname',"
                        + "'labelSelector':{'matchLabels':{'app':'db'}}}]}}";
        assertThat(suggestions(pod("web", "1", near), node("a", 4, "")))
                .contains("fits on a if a pod of app=db ran on a");
    }

    @Test
    void aNodeOutsideAllDomainsMayBeGivenOne() {
        String spread =
                ",'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone',"
                        + "'whenUnsatisfiable':'DoNotSchedule',"
                        + "'labelSelector':{'matchLabels':{'app':'web'}}}]";
        assertThat(suggestions(pod("web", "1", spread), node("a", 4, "")))
                .contains("fits on a if a had the label zone");
    }

    @Test
    void whoUsesAVolumeThatOnePodAloneMayUseLeaves() {
        String volume = ",'volumes':[{'name':'d','persistentVolumeClaim':{'claimName':'once'}}]";
        Resource claim =
                object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{
                           'name':'once','namespace':'default',
                           'annotations':{'pv.kubernetes.io/bind-completed':'yes'}},
                         'spec':{'volumeName':'v','accessModes':['ReadWriteOncePod']}}
                        """);
        Resource bound =
                object(
                        "{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'v'},"
                                + "'spec':{}}");
        Resource user = pod("old", "1", volume + ",'nodeName':'b'");

        assertThat(
                        suggestions(
                                pod("web", "1", volume),
                                claim,
                                bound,
                                user,
                                node("a", 4, ""),
                                node("b", 4, "'unschedulable':true")))
                .contains("fits on a if 1 pod that used the same volume left (default/old)");
    }

    @Test
    void ofSeveralChangesEachIsAsSmallAsTheOthersAllow() {
        String port = ",'ports':[{'containerPort':80,'hostPort':80}]";
        Resource holder = withPort(podOn("a", "old", "1", 0), port);

        assertThat(suggestions(withPort(pod("web", "4", ""), port), node("a", 3, ""), holder))
                .containsExactly(
                        "fits on a if 1 pod that held host port 80 left (default/old) and its cpu"
                                + " request were ≤ 3");
    }

    @Test
    void combinesWhatOneChangeCannotDo() {
        assertThat(suggestions(pod("web", "3", ""), node("a", 2, GPU_TAINT)))
                .containsExactly(
                        "fits on a if it tolerated dedicated=gpu:NoSchedule and its cpu request were"
                                + " ≤ 2");
    }

    @Test
    void severalContainersShareInWhatMustBeLowered() {
        Resource two =
                object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'two','namespace':'default','uid':'u'},
                         'spec':{'containers':[
                           {'name':'c','resources':{'requests':{'memory':'3Gi'}}},
                           {'name':'d','resources':{'requests':{'memory':'3Gi'}}}]}}
                        """);
        assertThat(suggestions(two, node("a", 1, "")))
                .containsExactly("fits on a if its memory requests together were ≤ 4Gi");
    }

    @Test
    void aDeviceThatNoNodeHasMustNotBeAskedFor() {
        Resource gpu = pod("web", "1", "");
        Resource asking =
                object(
                        gpu.tree()
                                .toString()
                                .replace("'", "")
                                .replace(
                                        "\"memory\":\"100Mi\"",
                                        "\"memory\":\"100Mi\",\"example.com/gpu\":\"1\""));
        assertThat(suggestions(asking, node("a", 4, "")))
                .containsExactly("fits on a if it asked for no example.com/gpu");
    }

    private static Resource withPort(Resource pod, String port) {
        return object(pod.tree().toString().replace("\"name\":\"c\"", "\"name\":\"c\"" + port));
    }

    /** What the scheduler does in a cluster where the pod waits. */
    private static Binding decided(Resource pod, Resource... others) {
        List<Resource> all = new ArrayList<>(List.of(others));
        all.add(pod);
        return new WhatIfCluster(ClusterObjects.of(all), PROFILES, NOON)
                .started()
                .decide(10, NOON)
                .getFirst();
    }

    private static List<String> suggestions(Resource pod, Resource... others) {
        var whatIf = new WhatIfCluster(ClusterObjects.of(List.of(others)), PROFILES, NOON);
        return new RemedySearch(whatIf, pod)
                .search(whatIf.rejections(pod)).stream().map(Suggestion::text).toList();
    }
}
