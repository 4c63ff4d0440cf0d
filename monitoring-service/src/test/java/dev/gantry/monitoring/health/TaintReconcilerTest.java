package dev.gantry.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaintReconcilerTest {
    private static final String FOREIGN = "'taints':[{'key':'mine','effect':'NoSchedule'}]";
    private final TaintReconciler reconciler = new TaintReconciler();

    @Test
    void anUnreachableNodeIsTaintedTwice() {
        assertThat(taints(Sample.node("Unknown", FOREIGN), false))
                .containsExactly(
                        "mine:NoSchedule",
                        "node.kubernetes.io/unreachable:NoSchedule",
                        "node.kubernetes.io/unreachable:NoExecute");
    }

    @Test
    void aNodeThatSaysItIsNotReadyIsTaintedTwiceUntilItIs() {
        assertThat(taints(Sample.node("False", ""), false))
                .containsExactly(
                        "node.kubernetes.io/not-ready:NoSchedule",
                        "node.kubernetes.io/not-ready:NoExecute");
        String both =
                "'taints':[{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'},"
                        + "{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'}]";
        assertThat(taints(Sample.node("True", both), false)).isEmpty();
    }

    @Test
    void inMassSilenceNobodyIsDrivenAway() {
        assertThat(taints(Sample.node("Unknown", ""), true))
                .containsExactly("node.kubernetes.io/unreachable:NoSchedule");
    }

    @Test
    void aReadyNodeLosesOurTaintsAndKeepsOthers() {
        String both =
                "'taints':[{'key':'mine','effect':'NoSchedule'},"
                        + "{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'},"
                        + "{'key':'node.kubernetes.io/unreachable','effect':'NoExecute'}]";
        assertThat(taints(Sample.node("True", both), false)).containsExactly("mine:NoSchedule");
    }

    @Test
    void aCordonedNodeIsTainted() {
        assertThat(taints(Sample.node("True", "'unschedulable':true"), false))
                .containsExactly("node.kubernetes.io/unschedulable:NoSchedule");
    }

    @Test
    void aUsersNoExecuteTaintLearnsWhenItCame() {
        Resource node = Sample.node("True", "'taints':[{'key':'out','effect':'NoExecute'}]");
        var update = (Action.Update) plan(node, false).getFirst();
        assertThat(update.object().spec().path("taints").path(0).path("timeAdded").asString())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void writesNothingWhenAllIsAsItShouldBe() {
        assertThat(plan(Sample.node("True", FOREIGN), false)).isEmpty();
    }

    private List<Action> plan(Resource node, boolean isMassSilence) {
        return reconciler.reconcile(new TaintView(node, isMassSilence), Sample.NOW).actions();
    }

    private List<String> taints(Resource node, boolean isMassSilence) {
        var update = (Action.Update) plan(node, isMassSilence).getFirst();
        List<String> found = new ArrayList<>();
        update.object()
                .spec()
                .path("taints")
                .forEach(
                        each ->
                                found.add(
                                        each.path("key").asString("")
                                                + ":"
                                                + each.path("effect").asString("")));
        return found;
    }
}
