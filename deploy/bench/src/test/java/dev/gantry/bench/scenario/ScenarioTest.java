package dev.gantry.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ScenarioTest {
    @Test
    void areNamedInTheOrderInWhichTheyAreWanted() {
        assertThat(Scenario.named(List.of("garbage", "jobs")))
                .containsExactly(Scenario.GARBAGE, Scenario.JOBS);
        assertThat(Scenario.named(List.of("all"))).containsExactly(Scenario.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.named(List.of("job")))
                .withMessage(
                        "there is no scenario 'job', but jobs, replicas, update, namespace, garbage,"
                                + " endpoints and all");
    }

    @Test
    void areSmallerByPercentButNeverNothing() {
        assertThat(Scenario.REPLICAS.size(100)).isEqualTo(5_000);
        assertThat(Scenario.REPLICAS.size(10)).isEqualTo(500);
        assertThat(Scenario.REPLICAS.size(0)).isEqualTo(1);
    }

    @Test
    void anObjectCountsByWhatItShows() {
        JsonNode ready =
                json(
                        "{'metadata':{'labels':{'revision':'2'}},'spec':{'nodeName':'n'},"
                                + "'status':{'conditions':[{'type':'Ready','status':'True'}]}}");
        assertThat(Amounts.bound(ready)).isOne();
        assertThat(Amounts.ready(ready)).isOne();
        assertThat(Amounts.readyOfRevision(ready, 2)).isOne();
        assertThat(Amounts.readyOfRevision(ready, 1)).isZero();
        assertThat(Amounts.complete(ready)).isZero();
        assertThat(
                        Amounts.readyEndpoints(
                                json(
                                        "{'endpoints':[{'conditions':{'ready':true}},"
                                                + "{'conditions':{'ready':false}},{'conditions':{'ready':true}}]}")))
                .isEqualTo(2);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
