package dev.gantry.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.monitoring.heartbeat.LastHeartbeat;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class StatusReconcilerTest {
    private static final Instant NOW = Sample.NOW;
    private final StatusReconciler reconciler = new StatusReconciler();

    @Test
    void theFirstGoodBeatMakesANodeReady() {
        JsonNode ready = ready(written(view("", "True", 10)));

        assertThat(ready.path("status").asString()).isEqualTo("True");
        assertThat(ready.path("reason").asString()).isEqualTo("KubeletReady");
        assertThat(ready.path("lastTransitionTime").asString()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void writesNothingWhileBeatsSayTheSame() {
        Resource once = written(view("", "True", 10));
        var again = new StatusView(once, Optional.of(Sample.last("True")), in(1000));

        Plan<Action> plan = reconciler.reconcile(again, NOW.plusSeconds(60));
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void refreshesTheHeartbeatTimeNowAndThen() {
        Resource once = written(view("", "True", 10));
        var later = new StatusView(once, Optional.of(Sample.last("True")), in(1000));

        Resource fresh = written(reconciler.reconcile(later, NOW.plusSeconds(301)));
        assertThat(ready(fresh).path("lastHeartbeatTime").asString())
                .isEqualTo("2026-01-01T00:05:01Z");
        assertThat(ready(fresh).path("lastTransitionTime").asString())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void silenceMakesEveryConditionUnknown() {
        Resource after = written(view("True", "True", -1));

        assertThat(ready(after).path("status").asString()).isEqualTo("Unknown");
        assertThat(ready(after).path("reason").asString()).isEqualTo("NodeStatusUnknown");
        assertThat(ready(after).path("message").asString())
                .isEqualTo("Kubelet stopped posting node status.");
    }

    @Test
    void asksAgainWhenTheNodeWouldBeSilent() {
        var plan = reconciler.reconcile(view("True", "True", 7), NOW);
        assertThat(plan.requeueAt()).contains(NOW.plusSeconds(7));
    }

    @Test
    void changesNothingWhileWeAreDeaf() {
        var plan =
                reconciler.reconcile(
                        new StatusView(Sample.node("True", ""), Optional.empty(), Optional.empty()),
                        NOW);
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.requeueAt()).isPresent();
    }

    @Test
    void extendedResourcesThatOthersWroteStayAndAreAllocatable() {
        Resource node = Sample.node("False", "");
        Resource.child(Resource.child(node.tree(), "status"), "capacity")
                .put("example.com/foo", "5");
        ObjectNode own = JsonNodeFactory.instance.objectNode().put("cpu", "2");
        Heartbeat beat = Sample.last("True").beat();
        LastHeartbeat last =
                new LastHeartbeat(new Heartbeat("n", 2, NOW, beat.conditions(), own, own), NOW);

        Resource after = written(new StatusView(node, Optional.of(last), in(7)));

        assertThat(after.status().at("/allocatable/cpu").asString()).isEqualTo("2");

        assertThat(after.status().at("/capacity/example.com~1foo").asString()).isEqualTo("5");
        assertThat(after.status().at("/allocatable/example.com~1foo").asString()).isEqualTo("5");
    }

    private static StatusView view(String readyNow, String beat, int silentIn) {
        return new StatusView(
                Sample.node(readyNow, ""), Optional.of(Sample.last(beat)), in(silentIn));
    }

    private static Optional<Instant> in(int seconds) {
        return Optional.of(NOW.plusSeconds(seconds));
    }

    private Resource written(StatusView view) {
        return written(reconciler.reconcile(view, NOW));
    }

    private static Resource written(Plan<Action> plan) {
        return ((Action.PutStatus) plan.actions().getFirst()).object();
    }

    private static JsonNode ready(Resource node) {
        return Conditions.find(node.status().path("conditions"), "Ready").orElseThrow();
    }
}
