package dev.gantry.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final Scheduler scheduler = new Scheduler(Profile.PACKING);

    @Test
    void saysInUpstreamsWordsWhyNothingFits() {
        node("a", "1", "");
        node("b", "1", "");
        String taint = "'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]";
        node("c", "4", taint);
        node("d", "4", taint);
        node("e", "4", taint);

        assertThat(messageFor(Sample.podInfo("p", "2", "1Gi", "")))
                .isEqualTo(
                        "0/5 nodes are available: 2 Insufficient cpu, 3 node(s) had untolerated"
                                + " taint(s). no new claims to deallocate, preemption: 0/5 nodes are"
                                + " available: 5 Preemption is not helpful for scheduling.");
    }

    @Test
    void countsEveryShortResourceOfANode() {
        node("a", "1", "");
        snapshot.place(Sample.podInfo("old", "500m", "3Gi", ""), "a");

        assertThat(messageFor(Sample.podInfo("p", "800m", "2Gi", "")))
                .isEqualTo(
                        "0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory."
                                + " no new claims to deallocate, preemption: 0/1 nodes are"
                                + " available: 1 No preemption victims found for incoming pod.");
    }

    @Test
    void saysThatThereAreNoNodes() {
        assertThat(messageFor(Sample.podInfo("p", "1", "1Gi", "")))
                .isEqualTo("no nodes available to schedule pods");
    }

    @Test
    void saysThatACordonedNodeIsUnschedulable() {
        node("a", "4", "'unschedulable':true");

        assertThat(messageFor(Sample.podInfo("p", "1", "1Gi", ",'preemptionPolicy':'Never'")))
                .isEqualTo(
                        "0/1 nodes are available: 1 node(s) were unschedulable. no new claims to"
                                + " deallocate, preemption: not eligible due to"
                                + " preemptionPolicy=Never.");
    }

    @Test
    void aPodThatRestartsAllItsContainersNeedsANodeThatSaysItCanDoThat() {
        node("a", "4", "");
        String restarts =
                ",'initContainers':[{'name':'i','restartPolicy':'Never','restartPolicyRules':"
                        + "[{'action':'RestartAllContainers'}]}]";
        PodInfo pod = Sample.podInfo("p", "1", "1Gi", restarts);
        assertThat(messageFor(pod))
                .startsWith(
                        "0/1 nodes are available: 1 node declared features check failed -"
                                + " unsatisfied requirements: RestartAllContainersOnContainerExits.");

        Resource able = Sample.node("b", "4", "64Gi", "").copy();
        Resource.child(able.tree(), "status")
                .putArray("declaredFeatures")
                .add("RestartAllContainersOnContainerExits");
        snapshot.putNode(NodeFacts.of(able));
        assertThat(nodeFor(pod)).isEqualTo("b");
    }

    @Test
    void fillsTheFullerNodeFirst() {
        node("a", "4", "");
        node("b", "4", "");
        snapshot.place(Sample.podInfo("old", "1", "1Gi", ""), "b");

        assertThat(nodeFor(Sample.podInfo("p", "1", "1Gi", ""))).isEqualTo("b");
    }

    @Test
    void keepsNotAllSiblingsOnOneNode() {
        node("a", "4", "");
        node("b", "4", "");
        snapshot.place(sibling("web-1"), "b");

        assertThat(nodeFor(sibling("web-2"))).isEqualTo("a");
        snapshot.place(sibling("web-2"), "a");
        snapshot.place(Sample.podInfo("big", "1", "1Gi", ""), "b");
        assertThat(nodeFor(sibling("web-3"))).as("two nodes are enough").isEqualTo("b");
    }

    @Test
    void putsAllSiblingsOnTheOnlyNodeThatFits() {
        node("a", "4", "");
        node("b", "4", "'unschedulable':true");
        snapshot.place(sibling("web-1"), "a");

        assertThat(nodeFor(sibling("web-2"))).isEqualTo("a");
    }

    @Test
    void honoursTheNodeSelector() {
        node("a", "4", "");
        node("b", "4", "");

        String selector = ",'nodeSelector':{'kubernetes.io/hostname':'%s'}";
        assertThat(nodeFor(Sample.podInfo("p", "1", "1Gi", selector.formatted("a"))))
                .isEqualTo("a");
        assertThat(nodeFor(Sample.podInfo("q", "1", "1Gi", selector.formatted("b"))))
                .isEqualTo("b");
        assertThat(messageFor(Sample.podInfo("r", "1", "1Gi", selector.formatted("c"))))
                .contains("2 node(s) didn't match Pod's node affinity/selector");
    }

    private void node(String name, String cpu, String spec) {
        snapshot.putNode(Sample.facts(name, cpu, "4Gi", spec));
    }

    private static PodInfo sibling(String name) {
        var pod = Sample.pod(name, "100m", "100Mi", "");
        pod.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("uid", "rs")
                .put("controller", true);
        return PodSighting.of(pod).info();
    }

    private String nodeFor(PodInfo pod) {
        return ((Placement.Placed) scheduler.place(pod, snapshot)).node();
    }

    private String messageFor(PodInfo pod) {
        return ((Placement.Unplaced) scheduler.place(pod, snapshot)).message();
    }
}
