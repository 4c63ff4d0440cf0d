package dev.gantry.acceptance;

import static dev.gantry.acceptance.SchedulingTest.pod;
import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pods that name a PodGroup are placed as it says. */
@ExtendWith(Cluster.Shared.class)
final class PodGroupTest {
    private static final String MEMBER = "  schedulingGroup: {podGroupName: team}\n";

    @AutoClose private final TestNamespace ns;

    PodGroupTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void aGangWaitsForItsGroupAndForAllOfItsPods() {
        ns.apply(pod("one", MEMBER, ""));
        eventually(() -> message("one").contains("waiting for the pod group \"team\""));

        group("gang: {minCount: 2}");
        eventually(() -> message("one").contains("is waiting for 1 of its 2 pods"));
        assertThat(ns.at("/spec/nodeName", "get", "pod", "one")).isEmpty();

        ns.apply(pod("two", MEMBER, ""));
        ns.ready("one");
        ns.ready("two");
        ns.waitFor("podgroup/team", "condition=PodGroupScheduled");
    }

    @Test
    void aGangThatDoesNotFitSaysSoOnItsGroup() {
        group("gang: {minCount: 2}");
        String large = ", resources: {requests: {cpu: \"900\"}}";
        ns.apply(pod("one", MEMBER, ""));
        ns.apply(pod("two", MEMBER, large));

        ns.waitFor("podgroup/team", "condition=PodGroupScheduled=False");
        assertThat(ns.kubectl("describe", "podgroup", "team"))
                .contains("Unschedulable", "Insufficient cpu");
        assertThat(ns.at("/spec/nodeName", "get", "pod", "one")).isEmpty();
    }

    @Test
    void aGroupStaysUntilItsPodsAreGone() {
        group("basic: {}");
        ns.apply(pod("one", MEMBER, ""));
        ns.ready("one");

        ns.kubectl("delete", "podgroup", "team", "--wait=false");
        assertThat(ns.at("/metadata/deletionTimestamp", "get", "podgroup", "team")).isNotEmpty();

        ns.delete("pod", "one");
        eventually(() -> ns.tryKubectl("get", "podgroup", "team").code() != 0);
    }

    private void group(String policy) {
        ns.apply(
                """
                apiVersion: scheduling.k8s.io/v1alpha2
                kind: PodGroup
                metadata: {name: team}
                spec: {schedulingPolicy: {%s}}
                """
                        .formatted(policy));
    }

    private String message(String pod) {
        return ns.kubectl(
                "get",
                "pod",
                pod,
                "-o",
                "jsonpath={.status.conditions[?(@.type==\"PodScheduled\")].message}");
    }
}
