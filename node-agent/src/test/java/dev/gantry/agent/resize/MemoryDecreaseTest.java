package dev.gantry.agent.resize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryDecreaseTest {
    private static final PodLimits LARGE = new PodLimits(2, PodLimits.UNLIMITED, 512 << 20);
    private static final PodLimits SMALL = new PodLimits(2, PodLimits.UNLIMITED, 128 << 20);
    private static final ResourceChange LESS =
            ResizingPods.change(
                    "timber", "{'limits':{'memory':'512Mi'}}", "{'limits':{'memory':'128Mi'}}");

    @Test
    void isRefusedBelowWhatIsUsedWithUpstreamsWords() {
        var decrease = new MemoryDecrease(LARGE, SMALL, List.of(LESS));
        assertThat(decrease.isOne()).isTrue();
        assertThat(decrease.problem(418_054_144, Map.of("id-timber", 418_054_144L)))
                .hasValue(
                        "cannot decrease memory limits: [attempting to set pod memory limit (134217728) below current usage (418054144), attempting to set container \"timber\" memory limit (134217728) below current usage (418054144)]");
        assertThat(decrease.problem(1000, Map.of("id-timber", 134_217_728L)))
                .hasValue(
                        "cannot decrease memory limits: attempting to set container \"timber\" memory limit (134217728) below current usage (134217728)");
    }

    @Test
    void isGoodAboveIt() {
        var decrease = new MemoryDecrease(LARGE, SMALL, List.of(LESS));
        assertThat(decrease.problem(1000, Map.of("id-timber", 1000L))).isEmpty();
    }

    @Test
    void isNoneWhereMemoryGrows() {
        ResourceChange more =
                ResizingPods.change(
                        "a", "{'limits':{'memory':'1Mi'}}", "{'limits':{'memory':'2Mi'}}");
        assertThat(new MemoryDecrease(SMALL, LARGE, List.of(more)).isOne()).isFalse();
    }
}
