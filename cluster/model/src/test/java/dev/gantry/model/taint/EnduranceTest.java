package dev.gantry.model.taint;

import static dev.gantry.model.taint.Endurance.ON_NODES;
import static dev.gantry.model.taint.Endurance.WITH_DEVICES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EnduranceTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(100);
    private static final JsonNode TAINT =
            json("{'key':'out','effect':'NoExecute','timeAdded':'" + NOON + "'}");
    private static final String FOR_GOOD = "{'operator':'Exists'}";
    private static final String OTHER = "{'key':'other','operator':'Exists'}";

    @Test
    void theShortestLimitCountsFromWhenTheTaintCame() {
        for (Endurance each : Endurance.values()) {
            assertThat(end(each, limit(300) + "," + limit(30) + "," + OTHER))
                    .contains(NOON.plusSeconds(30));
            assertThat(end(each, limit(-7))).contains(NOON);
        }
    }

    @Test
    void withoutATimeItCountsFromNow() {
        JsonNode taint = json("{'key':'out','effect':'NoExecute'}");
        for (Endurance each : Endurance.values()) {
            assertThat(each.end(taint, json("[" + limit(30) + "]"), LATER))
                    .contains(LATER.plusSeconds(30));
        }
    }

    @Test
    void aLimitCountsOnNodesAlsoWhereAnotherTolerationHasNone() {
        assertThat(end(ON_NODES, FOR_GOOD + "," + limit(30))).contains(NOON.plusSeconds(30));
        assertThat(end(WITH_DEVICES, FOR_GOOD + "," + limit(30))).isEmpty();
        assertThat(end(ON_NODES, FOR_GOOD)).isEmpty();
    }

    @Test
    void whatIsNotToleratedEndsNowOnNodesAndWhenTheTaintCameWithDevices() {
        assertThat(end(ON_NODES, OTHER)).contains(LATER);
        assertThat(end(WITH_DEVICES, OTHER)).contains(NOON);
    }

    private static Optional<Instant> end(Endurance endurance, String tolerations) {
        return endurance.end(TAINT, json("[" + tolerations + "]"), LATER);
    }

    private static String limit(int seconds) {
        return "{'key':'out','operator':'Exists','tolerationSeconds':%d}".formatted(seconds);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
