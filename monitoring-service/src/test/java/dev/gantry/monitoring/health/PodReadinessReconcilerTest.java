package dev.gantry.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PodReadinessReconcilerTest {
    private final PodReadinessReconciler reconciler = new PodReadinessReconciler();

    @Test
    void podsOfANodeThatIsNotReadyGetNoTraffic() {
        List<Action> actions = look(false, false, pod("True", "True", ""));
        assertThat(readyIn(actions)).isEqualTo("False");
        assertThat(actions).hasAtLeastOneElementOfType(Action.RecordEvent.class);
    }

    @Test
    void inMassSilencePodsKeepTheirTraffic() {
        assertThat(look(false, true, pod("True", "True", ""))).isEmpty();
    }

    @Test
    void whenTheNodeIsHeardAgainItsPodsAreReadyAgain() {
        assertThat(readyIn(look(true, false, pod("False", "True", "")))).isEqualTo("True");
    }

    @Test
    void onlyPodsWhoseContainersAreReadyComeBack() {
        String gate = "'readinessGates':[{'conditionType':'x'}]";
        assertThat(look(true, false, pod("False", "False", ""))).isEmpty();
        assertThat(look(true, false, pod("False", "True", gate))).isEmpty();
        assertThat(look(true, false, pod("True", "True", ""))).isEmpty();
    }

    private List<Action> look(boolean isReady, boolean isDoubted, Resource pod) {
        var view = new PodReadinessView(isReady, isDoubted, List.of(pod));
        return reconciler.reconcile(view, Sample.NOW).actions();
    }

    private static String readyIn(List<Action> actions) {
        Resource pod = ((Action.PutStatus) actions.getFirst()).object();
        return Resource.text(
                Conditions.find(pod.status().path("conditions"), "Ready").orElseThrow(), "status");
    }

    private static Resource pod(String ready, String containersReady, String spec) {
        return Sample.object(
                """
                {'metadata':{'name':'p','namespace':'default','uid':'u'},'spec':{%s},
                 'status':{'conditions':[{'type':'Ready','status':'%s'},
                   {'type':'ContainersReady','status':'%s'}]}}
                """
                        .formatted(spec, ready, containersReady));
    }
}
