package dev.gantry.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.runtime.security.IdRange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubordinateIdsTest {
    private static final IdRange FIRST = new IdRange(65_536, 65_536);
    private static final IdRange SECOND = new IdRange(131_072, 65_536);
    private static final IdRange THIRD = new IdRange(196_608, 65_536);

    @Test
    void givesTheLowestPartThatNobodyHas() {
        assertThat(SubordinateIds.DEFAULT.free(Set.of())).hasValue(FIRST);
        assertThat(SubordinateIds.DEFAULT.free(Set.of(FIRST, THIRD))).hasValue(SECOND);
    }

    @Test
    void givesNothingOnceAllAreTaken() {
        assertThat(new SubordinateIds(65_536, 2).free(Set.of(FIRST, SECOND))).isEmpty();
    }

    @Test
    void theLastPartEndsBelowTheIdThatIsNobody() {
        var all = SubordinateIds.DEFAULT;
        long end = all.first() + all.parts() * SubordinateIds.PER_POD;
        assertThat(end).isLessThanOrEqualTo((1L << 32) - 1);
    }

    @Test
    void takesTheRangeThatTheFilesGiveToKubelet() {
        List<String> lines = List.of("somebody:100000:65536", "kubelet:131072:7208960");
        assertThat(SubordinateIds.parse(lines, lines)).hasValue(new SubordinateIds(131_072, 110));
        List<String> others = List.of("somebody:100000:65536", "kubelets:65536:65536");
        assertThat(SubordinateIds.parse(others, List.of())).isEmpty();
    }

    @Test
    void refusesRangesThatPodsCannotHave() {
        refuses("kubelet:100000:65536", "do not come in parts of 65536");
        refuses("kubelet:65536:100", "do not come in parts of 65536");
        refuses("kubelet:0:65536", "do not come in parts of 65536");
        refuses("kubelet:many", "no range");
        assertThatThrownBy(() -> SubordinateIds.parse(List.of("kubelet:65536:65536"), List.of()))
                .hasMessageContaining("mismatched");
        List<String> two = List.of("kubelet:65536:65536", "kubelet:196608:65536");
        assertThatThrownBy(() -> SubordinateIds.parse(two, two))
                .hasMessageContaining("more than one");
    }

    private static void refuses(String line, String why) {
        assertThatThrownBy(() -> SubordinateIds.parse(List.of(line), List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
