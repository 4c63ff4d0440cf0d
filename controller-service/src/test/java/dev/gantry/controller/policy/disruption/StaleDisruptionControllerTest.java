package dev.gantry.controller.policy.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;

final class StaleDisruptionControllerTest {
    private final SimulatedApi api = new SimulatedApi(new StaleDisruptionController());
    private final Pods pods = new Pods(api);

    @Test
    void takesTheConditionBackAfterTwoMinutes() {
        doom("EvictionByEvictionAPI");
        api.pass(119);
        assertThat(isTarget()).isTrue();

        api.pass(1);
        assertThat(isTarget()).isFalse();
        int before = api.actions();
        api.pass(600);
        assertThat(api.actions()).isEqualTo(before);
    }

    @Test
    void leavesWhatTheAgentSaid() {
        doom("TerminationByKubelet");
        api.pass(600);

        assertThat(isTarget()).isTrue();
    }

    @Test
    void leavesAPodThatIsOver() {
        doom("PreemptionByScheduler");
        Resource over = pod().copy();
        Resource.child(over.tree(), "status").put("phase", "Failed");
        api.putStatus(Resources.PODS, over);
        api.pass(600);

        assertThat(isTarget()).isTrue();
    }

    private void doom(String reason) {
        pods.make("web", "'app':'web'");
        Resource next = pod().copy();
        ArrayNode conditions = Resource.child(next.tree(), "status").putArray("conditions");
        Conditions.set(
                conditions,
                new Conditions.Wanted("DisruptionTarget", "True", reason, "because"),
                api.now());
        api.putStatus(Resources.PODS, next);
        api.settle();
    }

    private Resource pod() {
        return pods.all().getFirst();
    }

    private boolean isTarget() {
        return Conditions.isTrue(pod().status().path("conditions"), "DisruptionTarget");
    }
}
