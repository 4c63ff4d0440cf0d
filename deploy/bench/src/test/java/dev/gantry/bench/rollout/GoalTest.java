package dev.gantry.bench.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class GoalTest {
    private final Sight sight = new Sight();

    @Test
    void creationIsTakenInSteps() {
        List<Goal> goals = Goal.ofCreation(2, true);
        pod("a", 1, "");
        assertThat(reached(goals)).isEmpty();
        pod("b", 1, "");
        assertThat(reached(goals)).containsExactly("createPodsMs");
        pod("a", 1, "\"nodeName\":\"n\"");
        pod("b", 1, "\"nodeName\":\"n\"");
        assertThat(reached(goals)).containsExactly("createPodsMs", "createBoundMs");
        ready("a", 1);
        ready("b", 1);
        assertThat(reached(goals)).doesNotContain("createToldMs").contains("createReadyMs");
        deployment("\"readyReplicas\":2");
        assertThat(reached(goals)).hasSize(4);
    }

    @Test
    void creationNeedsNoNodesWhereNoneRunsPods() {
        List<Goal> goals = Goal.ofCreation(1, false);
        pod("a", 1, "");
        deployment("\"updatedReplicas\":1");

        assertThat(reached(goals)).containsExactly("createPodsMs", "createToldMs");
    }

    @Test
    void podsThatEndCountUntilTheyAreGone() {
        pod("a", 1, "");
        pod("b", 1, "");
        assertThat(reached(Goal.ofScalingDown(1))).isEmpty();
        hear("DELETED", "\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}");
        assertThat(reached(Goal.ofScalingDown(1))).containsExactly("scaleDownMs");
        assertThat(reached(Goal.ofDeletion())).isEmpty();
    }

    @Test
    void anUpdateIsDoneWhenNoOldPodIsLeftAndTheNewOnesAreReady() {
        pod("a", 1, "");
        pod("b", 2, "");
        assertThat(reached(Goal.ofUpdate(1, 2, false))).isEmpty();
        hear("DELETED", "\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}");
        assertThat(reached(Goal.ofUpdate(1, 2, false))).containsExactly("updateMs");
        assertThat(reached(Goal.ofUpdate(1, 2, true))).isEmpty();
        ready("b", 2);
        assertThat(reached(Goal.ofUpdate(1, 2, true))).containsExactly("updateMs");
    }

    @Test
    void scalingUpIsDoneWhenAllAreReady() {
        pod("a", 1, "");
        assertThat(reached(Goal.ofScalingUp(1, true))).containsExactly("scaleUpPodsMs");
        ready("a", 1);
        assertThat(reached(Goal.ofScalingUp(1, true))).hasSize(2);
    }

    private List<String> reached(List<Goal> goals) {
        return goals.stream().filter(each -> each.isReached().test(sight)).map(Goal::key).toList();
    }

    private void pod(String name, int revision, String spec) {
        hear("ADDED", podOf(name, revision) + ",\"spec\":{" + spec + "}");
    }

    private void ready(String name, int revision) {
        hear(
                "MODIFIED",
                podOf(name, revision)
                        + ",\"spec\":{\"nodeName\":\"n\"},\"status\":{\"conditions\":"
                        + "[{\"type\":\"Ready\",\"status\":\"True\"}]}");
    }

    private static String podOf(String name, int revision) {
        return "\"kind\":\"Pod\",\"metadata\":{\"name\":\"%s\",\"labels\":{\"revision\":\"%d\"}}"
                .formatted(name, revision);
    }

    private void deployment(String status) {
        hear("MODIFIED", "\"kind\":\"Deployment\",\"status\":{" + status + "}");
    }

    private void hear(String type, String object) {
        String event = "{\"type\":\"%s\",\"object\":{%s}}".formatted(type, object);
        sight.hear(JsonMapper.shared().readTree(event));
    }
}
