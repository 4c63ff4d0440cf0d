package dev.gantry.agent.resize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.spec.PodSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResizeRequestTest {
    private static final PodSpec HAS = ResizingPods.one("{'requests':{'cpu':'1'}}");
    private static final PodSpec ASKS = ResizingPods.one("{'requests':{'cpu':'2'}}");

    @Test
    void whoGivesUpComesFirstThenPriorityThenClassThenPatience() {
        ResizeRequest gives = request(ResizingPods.one("{'requests':{'cpu':'500m'}}"), 9);
        ResizeRequest important =
                request(
                        ResizingPods.pod(
                                "{'priority':5,'containers':[{'name':'a','resources':{'requests':{'cpu':'2'}}}]}"),
                        9);
        ResizeRequest guaranteed =
                request(
                        ResizingPods.one(
                                "{'requests':{'cpu':'2','memory':'1'},'limits':{'cpu':'2','memory':'1'}}"),
                        9);
        ResizeRequest old = request(ASKS, 1);
        ResizeRequest young = request(ASKS, 2);
        var unjudged = new ResizeRequest(ASKS, HAS, Optional.empty());
        List<ResizeRequest> wanted = List.of(gives, important, guaranteed, old, young, unjudged);
        List<ResizeRequest> shuffled = new ArrayList<>(wanted);
        Collections.reverse(shuffled);
        shuffled.sort(ResizeRequest.ORDER);
        assertThat(shuffled).containsExactlyElementsOf(wanted);
    }

    @Test
    void isToldInUpstreamsWords() {
        PodSpec pod =
                ResizingPods.one(
                        "{'requests':{'memory':'128Mi','cpu':'1'},'limits':{'memory':'128Mi','cpu':'1'}}");
        assertThat(ResizeSummary.of("Pod resize started", pod, 5, ""))
                .isEqualTo(
                        "Pod resize started: {\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"128Mi\"},\"requests\":{\"cpu\":\"1\",\"memory\":\"128Mi\"}}}],\"generation\":5}");
        assertThat(ResizeSummary.of("Pod resize error", ASKS, 5, "no"))
                .isEqualTo(
                        "Pod resize error: {\"containers\":[{\"name\":\"a\",\"resources\":{\"requests\":{\"cpu\":\"2\"}}}],\"generation\":5,\"error\":\"no\"}");
    }

    private static ResizeRequest request(PodSpec asking, long second) {
        return new ResizeRequest(asking, HAS, Optional.of(Instant.ofEpochSecond(second)));
    }
}
